// The order in which requests are refused, and who gets through.
#include "web/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/secret.h"

namespace hotseat::web {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;

class GateTest : public ::testing::Test {
 protected:
  GateTest() {
    config_.virtkvm = VirtkvmConfig{"the secret", ""};
    clients_.admit("phone", ClientKind::browser, "cookie", Date{0});
    clients_.admit("script", ClientKind::token, "token", Date{0});
  }

  Request request(const std::string& method, const std::string& path,
                  std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request made;
    made.method = method;
    made.path = path;
    made.headers = std::move(headers);
    if (made.header("host") == nullptr) made.headers.emplace_back("host", "127.0.0.1:8674");
    made.peer = "127.0.0.1";
    return made;
  }
  unsigned status(const Request& asked) {
    const auto admission = gate_.admit(asked, now_);
    return admission ? 200 : admission.error().status;
  }

  Config config_;
  Clients clients_;
  Gate gate_{config_, clients_, "pc"};
  Moment now_{0};
};

TEST_F(GateTest, LetsClientsInByName) {
  const auto browser =
      gate_.admit(request("GET", "/api/v1/status", {{"cookie", "a=b; hotseat=cookie"}}), now_);
  ASSERT_TRUE(browser);
  EXPECT_EQ(browser->visitor.name, "phone");
  const auto program =
      gate_.admit(request("GET", "/api/v1/status", {{"authorization", "Bearer token"}}), now_);
  ASSERT_TRUE(program);
  EXPECT_EQ(program->visitor.name, "script");
}

TEST_F(GateTest, ACookieIsNoTokenNorTheOtherWayRound) {
  EXPECT_EQ(status(request("GET", "/api/v1/status", {{"cookie", "hotseat=token"}})), 401U);
  EXPECT_EQ(status(request("GET", "/api/v1/status", {{"authorization", "Bearer cookie"}})), 401U);
  EXPECT_EQ(status(request("GET", "/api/v1/status", {{"cookie", "xhotseat=cookie"}})), 401U);
  EXPECT_EQ(status(request("GET", "/api/v1/status", {{"cookie", "hotseat="}})), 401U);
}

TEST_F(GateTest, UnderTlsOnlyTheCookieForTlsCounts) {
  Request asked = request("GET", "/api/v1/status", {{"cookie", "hotseat=cookie"}});
  asked.encrypted = true;
  EXPECT_EQ(status(asked), 401U);
  asked.headers[0].second = "__Host-hotseat=cookie";
  EXPECT_EQ(status(asked), 200U);
  EXPECT_THAT(set_cookie("x", Date{60}, true), HasSubstr("; Max-Age=60; HttpOnly"));
  EXPECT_THAT(set_cookie("x", Date{60}, true), HasSubstr("; Secure"));
}

TEST_F(GateTest, RefusesInThisOrder) {
  EXPECT_EQ(status(request("GET", "/x", {{"host", "evil"}, {"origin", "evil"}})), 404U);
  EXPECT_EQ(status(request("PUT", "/api/v1/status", {{"host", "evil"}})), 405U);
  EXPECT_EQ(status(request("GET", "/api/v1/status", {{"host", "evil"}, {"origin", "evil"}})), 421U);
  EXPECT_EQ(status(request("GET", "/api/v1/status", {{"origin", "http://evil"}})), 403U);
  EXPECT_EQ(status(request("GET", "/api/v1/status")), 401U);
  EXPECT_EQ(status(request("GET", "/")), 303U);
  EXPECT_EQ(
      status(request("GET", "/", {{"cookie", "hotseat=cookie"}, {"sec-fetch-site", "cross-site"}})),
      200U);
  EXPECT_EQ(status(request("POST", "/pair", {{"origin", "http://evil"}})), 403U);
  EXPECT_EQ(status(request("GET", "/health", {{"host", "localhost"}, {"host", "localhost"}})),
            400U);
}

TEST_F(GateTest, SaysWhichMethodsThereAre) {
  const auto refused = gate_.admit(request("DELETE", "/pair"), now_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().headers,
              Contains(std::pair<std::string, std::string>("Allow", "GET, POST")));
}

TEST_F(GateTest, VirtkvmsSecretComesFirstAndIsEnough) {
  EXPECT_EQ(status(request("POST", "/switch", {{"host", "evil"}})), 403U);
  EXPECT_EQ(status(request("POST", "/switch", {{"x-secret", "the secre"}})), 403U);
  EXPECT_EQ(status(request("POST", "/switch", {{"x-secret", ""}})), 403U);
  EXPECT_EQ(status(request("POST", "/switch", {{"x-secret", "the secret"}, {"host", "any.name"}})),
            200U);
  EXPECT_EQ(status(request("POST", "/switch", {{"cookie", "hotseat=cookie"}})), 403U);
}

TEST_F(GateTest, WithoutASecretConfiguredNobodyHasIt) {
  config_.virtkvm.reset();
  EXPECT_EQ(status(request("POST", "/switch", {{"x-secret", ""}})), 403U);
  EXPECT_EQ(status(request("POST", "/switch", {{"x-secret", "the secret"}})), 403U);
}

TEST_F(GateTest, GuessesWaitLongerAndLonger) {
  const Request guess = request("POST", "/switch", {{"x-secret", "guess"}});
  const Request right = request("POST", "/switch", {{"x-secret", "the secret"}});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(guess), 403U);
  EXPECT_EQ(status(right), 429U);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(status(guess), 403U);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(status(right), 429U);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(status(right), 200U);
  EXPECT_EQ(status(guess), 403U);  // forgiven
  const auto later = gate_.admit(guess, now_);
  EXPECT_THAT(later.error().headers, ::testing::Not(Contains(Key("Retry-After"))));
}

TEST_F(GateTest, MissingSecretsAreNoGuesses) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(status(request("POST", "/switch")), 403U);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(status(request("GET", "/api/v1/status", {{"cookie", "hotseat=x"}})), 401U);
  EXPECT_EQ(status(request("POST", "/switch", {{"x-secret", "the secret"}})), 200U);
}

}  // namespace
}  // namespace hotseat::web
