// DESIGN: input never waits. Here: for no monitor and no hypervisor.
#include <gtest/gtest.h>

#include "sim/demo.h"
#include "tests/property/chaos.h"
#include "tests/property/desk.h"
#include "tests/property/seeds.h"

namespace hotseat::property {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The same desk and the same delays each time; only the monitors differ.
std::chrono::microseconds input_moved(const std::string& target, const sim::ScreenFaults& faults) {
  Desk desk(3, 0.0, sim::demo_seat());
  for (const char* screen : {"left", "right"}) desk.workstation().screens().faults(screen) = faults;
  const SwitchReport report = desk.switch_to(target);
  EXPECT_EQ(report.owner, TargetName(target)) << desk.story();
  return report.input_moved;
}

TEST(input_never_waits, for_a_monitor_that_is_silent_slow_or_gone) {
  for (const std::string target : {"win11", "zorg"}) {
    const auto healthy = input_moved(target, {});
    sim::ScreenFaults silent;
    silent.nack_always = true;
    sim::ScreenFaults slow;
    slow.slow = seconds(30);
    sim::ScreenFaults mute;
    mute.mute = true;
    EXPECT_EQ(input_moved(target, silent), healthy);
    EXPECT_EQ(input_moved(target, slow), healthy);
    EXPECT_EQ(input_moved(target, mute), healthy);
  }
}

TEST(input_never_waits, and_a_failing_monitor_is_told_as_a_warning) {
  for_seeds(50, [](std::uint64_t seed) {
    Desk desk(seed);
    desk.workstation().screens().faults("left").nack_always = true;
    const SwitchReport report = desk.switch_to("win11");
    EXPECT_EQ(report.outcome, Outcome::done_warnings) << desk.story();
    EXPECT_EQ(report.owner, TargetName("win11"));
    EXPECT_EQ(desk.holder("keyboard"), "win11");
  });
}

TEST(input_never_waits, a_release_brings_it_home_whatever_is_broken) {
  for_seeds(300, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    desk.request_switch(chaos.pick(2) == 0 ? "win11" : "zorg");
    desk.clock().advance(milliseconds(chaos.pick(6000)));
    for (std::size_t i = chaos.pick(4); i > 0; --i) chaos.disturb();
    const std::size_t release = desk.request_release();
    ASSERT_TRUE(desk.wait_for(release)) << desk.story();
    const SwitchReport& report = desk.requests()[release].report;
    EXPECT_EQ(report.owner, kHost) << desk.story();
    if (report.outcome == Outcome::done) {
      for (const char* device : {"keyboard", "mouse"}) {
        if (!desk.workstation().usb().is_plugged(device)) continue;
        EXPECT_TRUE(desk.holder(device).empty() || desk.holder(device) == "host")
            << device << " is with " << desk.holder(device) << '\n'
            << desk.story();
      }
    }
  });
}

}  // namespace
}  // namespace hotseat::property
