#include "apps/guest/requests.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "test_domain.h"

namespace hotseat::guest {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

class Requests : public TestDomain {
 protected:
  Json ask(const Json& request, Status wanted = Status::done) {
    const auto reply = answer(request.dump(), std::chrono::system_clock::now());
    EXPECT_EQ(reply.status, wanted) << reply.document;
    return Json::parse(reply.document);
  }
  Json propose_inputs() {
    return ask({{"action", "propose-inputs"},
                {"uri", kUri},
                {"domain", name_},
                {"nodes", Json::array({Json::array({kMouse, "/dev/input/by-id/other"})})}});
  }
  Json make(const Json& proposed) {
    return ask({{"action", "make"},
                {"uri", kUri},
                {"backups", backups()},
                {"proposal", proposed.at("proposal")}});
  }
};

TEST_F(Requests, AreAnsweredWithAProposalThatCanBeMadeAndUndone) {
  const auto before = now();
  const auto proposed = propose_inputs();
  EXPECT_EQ(proposed.at("domain"), name_);
  EXPECT_EQ(proposed.at("running"), false);
  EXPECT_EQ(proposed.at("added"), Json::array({kMouse}));
  EXPECT_EQ(proposed.at("changes"), true);
  EXPECT_THAT(make(proposed).at("backup").get<std::string>(), HasSubstr(backups()));
  const auto undo =
      ask({{"action", "propose-undo"}, {"uri", kUri}, {"domain", name_}, {"backups", backups()}});
  EXPECT_EQ(undo.at("changed_since"), false);
  EXPECT_THAT(make(undo).at("backup").get<std::string>(), HasSubstr("undone"));
  EXPECT_EQ(now(), before);
}

TEST_F(Requests, OfAnUnknownDomainTellWhatThereIs) {
  const auto refused = ask(
      {{"action", "propose-inputs"}, {"uri", kUri}, {"domain", "zorg"}, {"nodes", Json::array()}},
      Status::usage);
  EXPECT_EQ(refused.at("error").at("object"), "zorg");
  EXPECT_EQ(refused.at("known"), Json::array({"test", name_}));
}

TEST_F(Requests, ThatMakeNoSenseAreRefused) {
  for (const char* text : {"", "{}", "[]", "{\"action\": 1}", R"({"action": "x", "uri": 2})",
                           R"({"action": "x", "uri": "test:///default", "backups": "/"})",
                           R"({"action": "make", "uri": "test:///default", "backups": "/"})"}) {
    const auto reply = answer(text, {});
    EXPECT_EQ(reply.status, Status::usage) << text;
    EXPECT_TRUE(Json::parse(reply.document).contains("error")) << text;
  }
}

}  // namespace
}  // namespace hotseat::guest
