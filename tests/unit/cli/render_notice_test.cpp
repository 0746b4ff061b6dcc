// What a person is told on the desktop, and what not.
#include "apps/cli/render_notice.h"

#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

Json report(const char* outcome) {
  return {{"outcome", outcome},        {"from", "host"},           {"to", "win11"},
          {"owner", "win11"},          {"took_ms", 412.0},         {"refusal", nullptr},
          {"warnings", Json::array()}, {"problems", Json::array()}};
}

TEST(Notice, ASwitchThatWentWell) {
  EXPECT_EQ(notice_of(SwitchEnded{report("done")}),
            (Notice{"win11 has the seat", "412 ms", Urgency::low}));
}

TEST(Notice, Warnings) {
  Json ended = report("done-with-warnings");
  ended["warnings"] = {"left does not answer"};
  EXPECT_EQ(notice_of(SwitchEnded{ended}),
            (Notice{"win11 has the seat", "left does not answer", Urgency::normal}));
}

TEST(Notice, WhyNotAndWhatToDo) {
  Json ended = report("refused");
  ended["owner"] = "host";
  ended["refusal"] = {{"rule", "guest_not_running"},
                      {"reason", "win11 is not running"},
                      {"hint", "virsh start win11"}};
  EXPECT_EQ(
      notice_of(SwitchEnded{ended}),
      (Notice{"No switch to win11", "win11 is not running\nvirsh start win11", Urgency::normal}));
}

TEST(Notice, AFailureSaysWhoHasTheSeat) {
  Json ended = report("rolled-back");
  ended["owner"] = "host";
  // As hotseatd tells it (service/documents.h).
  ended["problems"] = {{{"context", "attach mouse"},
                        {"object", ""},
                        {"reason", "no answer"},
                        {"hint", "look at its console"}}};
  EXPECT_EQ(notice_of(SwitchEnded{ended}),
            (Notice{"The switch to win11 failed; host has the seat",
                    "attach mouse: no answer (look at its console)", Urgency::critical}));
}

TEST(Notice, OnlyStartingAGuestIsWorthAWordMeanwhile) {
  EXPECT_EQ(notice_of(StepChanged{1, 0, "start-guest", "start zorg", "running", "", 0}),
            (Notice{"start zorg …", "", Urgency::low}));
  EXPECT_FALSE(notice_of(StepChanged{1, 0, "start-guest", "start zorg", "done", "", 9}));
  EXPECT_FALSE(notice_of(StepChanged{1, 1, "set-input", "set left", "running", "", 0}));
  EXPECT_FALSE(notice_of(SwitchStarted{1, "host", "win11", "request"}));
}

TEST(Notice, Problems) {
  EXPECT_EQ(notice_of(PropertiesChanged{{{"Problems", {"mouse is not plugged in"}}}}),
            (Notice{"hotseat needs a look", "mouse is not plugged in", Urgency::normal}));
  EXPECT_FALSE(notice_of(PropertiesChanged{{{"Problems", Json::array()}}}));
  EXPECT_FALSE(notice_of(PropertiesChanged{{{"Target", "win11"}}}));
}

TEST(Notice, TheDaemonItself) {
  EXPECT_EQ(notice_of(DaemonGone{})->urgency, Urgency::critical);
  EXPECT_EQ(notice_of(DaemonBack{})->title, "hotseatd is back");
}

}  // namespace
}  // namespace hotseat::cli
