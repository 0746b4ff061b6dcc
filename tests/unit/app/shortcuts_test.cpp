// Hotkeys that the router follows by itself: what comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/coordinator.h"
#include "app/report_queue.h"
#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_nodes.h"
#include "sim/input_router.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"
#include "sim/virtual_clock.h"
#include "sim/workstation.h"

namespace hotseat::app {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

const TargetName kWin11{"win11"};

class WatchedRouter : public sim::SimInputRouter {
 public:
  using SimInputRouter::SimInputRouter;
  void set_shortcuts(const Shortcuts& shortcuts) override {
    SimInputRouter::set_shortcuts(shortcuts);
    targets.clear();
    for (const auto& [hotkey, target] : shortcuts) targets.push_back(target);
    ++offers;
  }
  std::vector<TargetName> targets;
  int offers = 0;
};

class OfferedShortcuts : public testing::Test {
 protected:
  OfferedShortcuts() {
    sim::furnish_demo(workstation_);
    for (DeviceSpec& spec : seat_.devices) {
      spec.transport = Transport::evdev;
      spec.optional = true;
    }
    seat_.hotkeys = {to_win11_};
  }
  void start() {
    coordinator_.emplace(
        seat_, Ports{hypervisor_, usb_, monitors_, commands_, input_nodes_, router_, clock_},
        reports_, [this]() -> Expected<Seat> { return seat_; });
    settle();
  }
  void pass(ports::Duration time) {
    clock_.run_until([] { return false; }, time);
  }
  void settle() { clock_.run_until_idle(std::chrono::seconds(5)); }
  TargetName owner() const { return coordinator_->status().world.owner; }
  TargetName route() const { return coordinator_->status().world.router.route; }

  static Hotkey hotkey_of(const TargetName& target) {
    Hotkey hotkey;
    hotkey.action = HotkeyAction::switch_to;
    hotkey.target = target;
    hotkey.keys = {184};
    return hotkey;
  }

  sim::VirtualClock clock_;
  sim::Workstation workstation_{clock_};
  Seat seat_ = sim::demo_seat();
  const Hotkey to_win11_ = hotkey_of(kWin11);
  sim::SimHypervisor hypervisor_{workstation_};
  sim::SimUsbDevices usb_{workstation_};
  sim::SimMonitors monitors_{workstation_};
  sim::SimCommands commands_{workstation_};
  sim::SimInputNodes input_nodes_{workstation_};
  WatchedRouter router_{workstation_};
  ReportQueue reports_{clock_, {}};
  std::optional<Coordinator> coordinator_;
};

TEST_F(OfferedShortcuts, AreThereWhenTheSeatIsQuiet) {
  start();
  EXPECT_THAT(router_.targets, UnorderedElementsAre(kWin11));
}

TEST_F(OfferedShortcuts, AreFollowedByTheWholeSwitch) {
  start();
  router_.press(to_win11_);
  settle();
  EXPECT_EQ(owner(), kWin11);
  EXPECT_EQ(route(), kWin11);
  EXPECT_EQ(coordinator_->status().last->outcome, Outcome::done);
  EXPECT_THAT(router_.targets, IsEmpty()) << "it leads where the seat is already";
}

TEST_F(OfferedShortcuts, AreTakenBackWhileASwitchIsUnderWay) {
  start();
  coordinator_->request_switch("zorg", "test", [](const SwitchReport&) {});
  clock_.run_until([this] { return router_.targets.empty(); }, std::chrono::seconds(1));
  EXPECT_THAT(router_.targets, IsEmpty());
  EXPECT_EQ(coordinator_->status().state, SeatState::switching);
}

// The guest has died, and nobody has told the router yet.
TEST_F(OfferedShortcuts, ARefusedSwitchLeadsTheInputBack) {
  seat_.guests[0].start = StartPolicy::never;
  start();
  workstation_.machines().kill(DomainName{"win11"});
  router_.press(to_win11_);
  settle();
  EXPECT_EQ(owner(), kHost);
  EXPECT_EQ(route(), kHost);
}

// The order to the router is out, and not answered, when the way home is asked for.
TEST_F(OfferedShortcuts, AReleaseIsNotOvertakenByARouteThatNobodyWaitsFor) {
  start();
  workstation_.screens().faults("left").slow = std::chrono::seconds(1);
  coordinator_->request_switch("win11", "test", [](const SwitchReport&) {});
  coordinator_->request_release("test", [](const SwitchReport&) {});
  pass(std::chrono::milliseconds(100));
  EXPECT_EQ(route(), kHost);
  EXPECT_EQ(owner(), kHost);
}

// The chord has been pressed, and that has not been told yet.
TEST_F(OfferedShortcuts, ARouteDoesNotOvertakeTheReleaseChord) {
  start();
  Hotkey release;
  release.action = HotkeyAction::release;
  router_.press(release);
  coordinator_->request_switch("win11", "test", [](const SwitchReport&) {});
  pass(std::chrono::milliseconds(100));
  EXPECT_EQ(route(), kHost);
  settle();
  EXPECT_EQ(route(), owner());
}

// The way home is over before it has begun.
TEST_F(OfferedShortcuts, AReleaseThatFindsEverythingAtHomeCallsOffAStart) {
  seat_.monitors.clear();
  seat_.devices.clear();
  start();
  Outcome asked{};
  Outcome released{};
  coordinator_->request_switch("zorg", "test", [&](const auto& end) { asked = end.outcome; });
  pass(std::chrono::milliseconds(100));
  coordinator_->request_release("test", [&](const auto& end) { released = end.outcome; });
  pass(std::chrono::minutes(1));
  EXPECT_EQ(asked, Outcome::rolled_back);
  EXPECT_EQ(released, Outcome::done);
  EXPECT_EQ(owner(), kHost);
}

// While the input is on its way home the same is asked for again: the one switch answers both.
TEST_F(OfferedShortcuts, WhoAsksAgainMeanwhileIsAnsweredByTheSameSwitch) {
  workstation_.screens().faults("left").slow = std::chrono::milliseconds(300);
  start();
  router_.press(to_win11_);
  settle();
  std::vector<Outcome> answers;
  const auto answer = [&](const SwitchReport& end) { answers.push_back(end.outcome); };
  coordinator_->request_switch("zorg", "test", answer);
  pass(std::chrono::milliseconds(100));
  workstation_.machines().kill(DomainName{"win11"});
  pass(std::chrono::milliseconds(100));
  coordinator_->request_switch("zorg", "test", answer);
  pass(std::chrono::minutes(1));
  EXPECT_EQ(owner(), TargetName{"zorg"});
  EXPECT_THAT(answers, testing::ElementsAre(Outcome::done, Outcome::done));
}

// Forwarded devices have their driver all the time: only the route says where what is typed goes.
TEST_F(OfferedShortcuts, InputComesHomeFromADeadGuestWhileAnotherStarts) {
  start();
  router_.press(to_win11_);
  settle();
  SwitchReport answered;
  coordinator_->request_switch("zorg", "test",
                               [&](const SwitchReport& report) { answered = report; });
  pass(std::chrono::milliseconds(100));
  ASSERT_EQ(route(), kWin11);
  workstation_.machines().kill(DomainName{"win11"});
  pass(std::chrono::milliseconds(500));
  EXPECT_EQ(route(), kHost);
  EXPECT_EQ(owner(), kHost);
  pass(std::chrono::minutes(1));
  EXPECT_EQ(route(), TargetName{"zorg"});
  EXPECT_EQ(answered.outcome, Outcome::done);
  EXPECT_EQ(answered.from, kHost);
}

TEST_F(OfferedShortcuts, AreNotRepeatedForNothing) {
  start();
  const int before = router_.offers;
  workstation_.usb().plug("gamepad");
  settle();
  EXPECT_EQ(router_.offers, before);
}

}  // namespace
}  // namespace hotseat::app
