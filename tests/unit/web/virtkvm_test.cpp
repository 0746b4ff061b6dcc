#include "web/virtkvm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::web {
namespace {

using ::testing::HasSubstr;

tl::expected<std::string, Response> asked(const std::string& body) {
  Request request;
  request.headers = {{"content-type", "application/json"}};
  request.body = body;
  return virtkvm_request(request);
}

std::string report(const std::string& outcome, const std::string& rest) {
  return R"({"outcome":")" + outcome + R"(","owner":"host",)" + rest + "}";
}

TEST(VirtkvmTest, TakesHostAndGuest) {
  EXPECT_EQ(asked(R"({"to":"host"})"), "host");
  EXPECT_EQ(asked(R"({"to":"guest","skip_optional":true})"), "guest");
  for (const char* body :
       {"{}", R"({"to":"win11"})", R"({"to":1})", "[]", R"({"to":"host","skip_optional":1})"}) {
    ASSERT_FALSE(asked(body)) << body;
    EXPECT_EQ(asked(body).error().status, 400U);
    EXPECT_THAT(asked(body).error().body, HasSubstr(R"({"success":false,"error":")"));
  }
}

TEST(VirtkvmTest, ASuccessIsOneAndAFailureIsNone) {
  EXPECT_EQ(virtkvm_report(report("done", R"("refusal":null,"problems":[])")).body,
            "{\"success\":true,\"error\":null}\n");
  const Response failed = virtkvm_report(report(
      "rolled-back",
      R"("refusal":null,"problems":[{"context":"attach keyboard","object":"","reason":"no answer","hint":""}])"));
  EXPECT_EQ(failed.status, 500U);
  EXPECT_THAT(failed.body, HasSubstr("attach keyboard: no answer"));
  const Response refused = virtkvm_report(report(
      "refused",
      R"("problems":[],"refusal":{"rule":"guest-not-running","reason":"win11 is off","hint":"start it"})"));
  EXPECT_EQ(refused.status, 500U);
  EXPECT_THAT(refused.body, HasSubstr("win11 is off (start it)"));
  EXPECT_EQ(virtkvm_report("nonsense").status, 500U);
}

TEST(LastGuestTest, IsTheConfiguredTheLastOrTheOnlyOne) {
  LastGuest guest;
  EXPECT_EQ(guest.name("win11"), "win11");
  EXPECT_EQ(guest.name(""), "guest");
  guest.learn(Json::parse(
      R"({"target":"host","targets":[{"kind":"host","name":"host"},{"kind":"guest","name":"only"}]})"));
  EXPECT_EQ(guest.name(""), "only");
  guest.learn(Json::parse(R"({"target":"zorg","targets":[]})"));
  guest.learn(Json::parse(R"({"target":"host","targets":[],"last":null})"));
  EXPECT_EQ(guest.name(""), "zorg");
  guest.learn(
      Json::parse(R"({"target":"host","last":{"from":"win11","to":"host","owner":"host"}})"));
  EXPECT_EQ(guest.name(""), "win11");
}

}  // namespace
}  // namespace hotseat::web
