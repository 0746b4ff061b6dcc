#include "web/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/event_frame.h"
#include "web/history.h"

namespace hotseat::web {
namespace {

using ::testing::HasSubstr;

Json past(int id, const std::string& outcome = "done") {
  return {{"id", id},
          {"from", "host"},
          {"to", "win11"},
          {"owner", "win11"},
          {"cause", "request"},
          {"who", "x"},
          {"outcome", outcome},
          {"refusal", nullptr},
          {"problems", Json::array()},
          {"warnings", {"left is silent"}},
          {"took_ms", 1.5 + id},
          {"input_moved_ms", 1}};
}

TEST(AnswersTest, WhatIsNoReportIsABadGateway) {
  for (const char* text :
       {"", "[]", "{}", "nonsense", R"({"outcome":"rolled-back"})", R"({"refusal":1})"}) {
    EXPECT_EQ(report_answer(text).status, 502U) << text;
  }
  EXPECT_EQ(plan_answer("[]").status, 502U);
  EXPECT_EQ(plan_answer(R"({"refusal":{}})").status, 502U);
}

TEST(AnswersTest, TextThatIsNoUtf8IsStillJson) {
  EXPECT_FALSE(Json::parse(error_answer(500, "x", "\xff\xfe").body, nullptr, false).is_discarded());
}

TEST(AnswersTest, BrowsersAreBoundEveryTime) {
  Response response;
  response.headers.emplace_back("Content-Security-Policy", "its own");
  add_security_headers(response);
  int policies = 0;
  for (const auto& [name, value] : response.headers) policies += name == "Content-Security-Policy";
  EXPECT_EQ(policies, 1);
}

TEST(HistoryTest, KeepsTheLastTwentyNewestFirst) {
  History history;
  for (int id = 1; id <= 25; ++id) history.add(past(id), Date{id});
  const Json list = history.to_json();
  ASSERT_EQ(list.size(), 20U);
  EXPECT_EQ(list.front()["id"], 25);
  EXPECT_EQ(list.front()["ended"], 25);
  EXPECT_EQ(list.front()["message"], "left is silent");
  EXPECT_EQ(list.back()["id"], 6);
}

TEST(HistoryTest, KeepsWhatIsToldTwiceOnceAndLeavesOutWhatIsNone) {
  History history;
  history.add(past(1), Date{1});
  history.add(past(1), Date{1});
  history.add(Json::object(), Date{1});
  history.add(Json::parse("[]"), Date{1});
  EXPECT_EQ(history.to_json().size(), 1U);
}

TEST(EventFrameTest, IsWhatBrowsersRead) {
  EXPECT_EQ(event_frame("status", "{}"), "event: status\ndata: {}\n\n");
}

}  // namespace
}  // namespace hotseat::web
