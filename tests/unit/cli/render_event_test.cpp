#include "apps/cli/render_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::EndsWith;
using namespace std::chrono_literals;

const Style kPlain(false);
const WallClock::time_point kWhen{1'700'000'000'123ms};  // 2023-11-14T22:13:20.123Z

Json refused_report() {
  return {{"from", "host"},
          {"to", "win11"},
          {"outcome", "refused"},
          {"took_ms", 0.5},
          {"refusal", {{"rule", "guest-paused"}, {"reason", "win11 is paused"}, {"hint", ""}}}};
}

TEST(EventLine, IsOneJsonObjectWithTheTimeInUtc) {
  EXPECT_EQ(event_line(SwitchStarted{7, "host", "win11", "request"}, kWhen),
            R"({"time":"2023-11-14T22:13:20.123Z","event":"switch-started","id":7,)"
            R"("from":"host","to":"win11","cause":"request"})"
            "\n");
}

TEST(EventLine, CarriesStepsReportsAndChanges) {
  const Json step = Json::parse(
      event_line(StepChanged{7, 2, "attach-usb", "attach keyboard", "done", "", 1500}, kWhen));
  EXPECT_EQ(step["event"], "step");
  EXPECT_EQ(step["index"], 2);
  EXPECT_EQ(step["took_ms"], 1.5);
  const Json end = Json::parse(event_line(SwitchEnded{refused_report()}, kWhen));
  EXPECT_EQ(end["event"], "switch-ended");
  EXPECT_EQ(end["report"]["refusal"]["rule"], "guest-paused");
  const Json change = Json::parse(event_line(PropertiesChanged{{{"Target", "win11"}}}, kWhen));
  EXPECT_EQ(change["event"], "changed");
  EXPECT_EQ(change["changed"]["Target"], "win11");
  EXPECT_EQ(Json::parse(event_line(DaemonGone{}, kWhen))["event"], "daemon-gone");
  EXPECT_EQ(Json::parse(event_line(DaemonBack{}, kWhen))["event"], "daemon-back");
}

TEST(RenderEvent, IsALineForAPerson) {
  EXPECT_THAT(render_event(SwitchStarted{7, "host", "win11", "request"}, kWhen, kPlain),
              EndsWith("  host -> win11 (request)\n"));
  EXPECT_THAT(
      render_event(StepChanged{7, 2, "set-input", "left to HDMI-1", "failed", "no answer", 1500},
                   kWhen, kPlain),
      EndsWith("    left to HDMI-1: failed: no answer (1.5 ms)\n"));
  EXPECT_THAT(render_event(SwitchEnded{refused_report()}, kWhen, kPlain),
              EndsWith("  host -> win11: refused (0.5 ms): win11 is paused\n"));
}

TEST(RenderEvent, ListsWhatChanged) {
  const Json changed = {{"State", "idle"}, {"Problems", Json::array()}};
  EXPECT_THAT(render_event(PropertiesChanged{changed}, kWhen, kPlain),
              EndsWith("  now State: idle; Problems: none\n"));
}

}  // namespace
}  // namespace hotseat::cli
