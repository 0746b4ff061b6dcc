// A guest is about to start: are the input devices that it names there?
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
#include "tests/log.h"

namespace hotseat::app {
namespace {

using testing::HasSubstr;

// A router that gets nothing done while it is `stuck`.
class MoodyRouter : public sim::SimInputRouter {
 public:
  using SimInputRouter::SimInputRouter;
  void configure(const InputSetup& setup) override {
    if (!stuck) SimInputRouter::configure(setup);
  }
  bool stuck = false;
};

class Preparing : public testing::Test {
 protected:
  Preparing() {
    sim::furnish_demo(workstation_);
    for (DeviceSpec& spec : seat_.devices) spec.transport = Transport::evdev;
  }
  void start() {
    coordinator_.emplace(
        seat_, Ports{hypervisor_, usb_, monitors_, commands_, input_nodes_, router_, clock_},
        reports_, [this]() -> Expected<Seat> { return seat_; });
    clock_.run_until_idle(std::chrono::seconds(5));
  }
  void prepare(const std::string& domain, const std::vector<std::string>& names) {
    GuestNotice notice{DomainName{domain}, {}};
    for (const std::string& name : names) {
      notice.inputs.push_back({EvdevInput::Kind::virtio, "/dev/input/by-id/" + name, false, {}});
    }
    coordinator_->prepare_guest(notice, [this](const Expected<void>& verdict) {
      ++answers_;
      verdict_ = verdict;
    });
  }
  // The verdict: "yes", what is wrong, or "no answer".
  std::string settled() {
    clock_.run_until([this] { return answers_ > 0; }, std::chrono::seconds(10));
    if (answers_ != 1) return std::to_string(answers_) + " answers";
    return verdict_ ? "yes" : to_string(verdict_.error());
  }

  std::vector<std::string> names_of_guests() const {
    std::vector<std::string> names;
    for (const GuestSpec& guest : coordinator_->seat().guests) names.push_back(guest.name.str());
    return names;
  }

  sim::VirtualClock clock_;
  sim::Workstation workstation_{clock_};
  Seat seat_ = sim::demo_seat();
  sim::SimHypervisor hypervisor_{workstation_};
  sim::SimUsbDevices usb_{workstation_};
  sim::SimMonitors monitors_{workstation_};
  sim::SimCommands commands_{workstation_};
  sim::SimInputNodes input_nodes_{workstation_};
  MoodyRouter router_{workstation_};
  test::Log log_;
  ReportQueue reports_{clock_, {&log_}};
  std::optional<Coordinator> coordinator_;
  Expected<void> verdict_;
  int answers_ = 0;
};

TEST_F(Preparing, AGuestStartsWithTheClonesThatItNames) {
  start();
  prepare("zorg", {"zorg-keyboard", "zorg-mouse"});
  EXPECT_EQ(answers_, 0) << "answered from inside the call";
  EXPECT_EQ(settled(), "yes");
}

TEST_F(Preparing, ACloneMayBeNamedByTheLinkOfItsSource) {
  start();
  prepare("zorg", {"zorg-usb-Logitech_Keyboard-event-kbd"});
  EXPECT_EQ(settled(), "yes");
}

TEST_F(Preparing, ADeviceThatOnlyTheDomainNamesIsClonedInTime) {
  start();
  prepare("zorg", {"zorg-usb-Twin_TWIN-A-event-kbd"});
  EXPECT_EQ(settled(), "yes");
  EXPECT_THAT(coordinator_->status().world.router.clones.all(),
              testing::Contains("zorg-usb-Twin_TWIN-A-event-kbd"));
}

TEST_F(Preparing, ADeviceThatIsNotThereIsNamed) {
  start();
  prepare("zorg", {"zorg-keyboard", "zorg-tablet"});
  EXPECT_EQ(settled(),
            "start zorg: /dev/input/by-id/zorg-tablet: tablet is not plugged in (plug it in, or "
            "take the input out of the domain: virsh edit zorg)");
  clock_.run_until_idle(std::chrono::seconds(1));
  EXPECT_THAT(
      log_.texts,
      testing::Contains(HasSubstr("zorg may not start: start zorg: /dev/input/by-id/zorg-ta")));
}

TEST_F(Preparing, AnUnpluggedDeviceHoldsUpTheGuestUnlessItIsOptional) {
  seat_.devices[0].optional = true;
  start();
  for (const char* device : {"keyboard", "mouse"}) workstation_.usb().unplug(device);
  clock_.run_until_idle(std::chrono::seconds(5));
  prepare("zorg", {"zorg-keyboard", "zorg-mouse"});
  EXPECT_THAT(settled(), HasSubstr("mouse is not plugged in"));
}

// Its second node is called after it.
TEST_F(Preparing, AnOptionalDeviceMayBeAwayWithAllItsNodes) {
  seat_.devices[0].optional = true;
  start();
  InputSetup once = input_setup(coordinator_->status().world, coordinator_->seat()).setup;
  InputSource second = once.sources.front();
  second.id += "-1b";
  once.sources.push_back(second);
  router_.configure(once);
  workstation_.usb().unplug("keyboard");
  clock_.run_until_idle(std::chrono::seconds(5));
  prepare("zorg", {"zorg-keyboard", "zorg-keyboard-1b", "zorg-mouse"});
  EXPECT_EQ(settled(), "yes");
  answers_ = 0;
  prepare("zorg", {"zorg-keyboard-too"});
  EXPECT_THAT(settled(), HasSubstr("keyboard-too is not plugged in"));
}

TEST_F(Preparing, WhatIsNotOursIsNotOurs) {
  start();
  prepare("zorg", {"win11-keyboard", "usb-Gamepad-event-joystick"});
  EXPECT_EQ(settled(), "yes");
}

TEST_F(Preparing, APhysicalDeviceMayBeCalledLikeTheDomain) {
  start();
  prepare("usb", {"usb-Logitech_Mouse-event-mouse"});
  EXPECT_EQ(settled(), "yes");
}

TEST_F(Preparing, ADomainThatIsNoGuestGetsNoClones) {
  start();
  prepare("stranger", {"stranger-keyboard"});
  EXPECT_THAT(settled(), HasSubstr("the domain is no guest of this seat (add [guest.NAME]"));
}

// As in vfio-kvm, for who says that it is to be like that.
TEST_F(Preparing, ADomainThatNobodyHasConfiguredIsAGuestWhileItNamesClones) {
  seat_.compat.vfio_kvm = true;
  std::erase_if(seat_.guests, [](const GuestSpec& guest) { return guest.name.str() == "zorg"; });
  start();
  EXPECT_THAT(names_of_guests(), testing::ElementsAre("win11", "debby"));
  prepare("zorg", {"zorg-keyboard", "zorg-mouse"});
  EXPECT_EQ(settled(), "yes");
  EXPECT_THAT(names_of_guests(), testing::ElementsAre("win11", "debby", "zorg"));
  EXPECT_THAT(coordinator_->world().router.clones.all(),
              testing::IsSupersetOf({"zorg-keyboard", "zorg-mouse"}));
  EXPECT_THAT(coordinator_->status().problems, testing::IsEmpty());
  coordinator_->guest_ended(DomainName{"zorg"}, "a test");
  clock_.run_until_idle(std::chrono::seconds(1));
  EXPECT_THAT(names_of_guests(), testing::ElementsAre("win11", "debby"));
  EXPECT_THAT(coordinator_->world().router.clones.all(),
              testing::Not(testing::Contains("zorg-keyboard")));
}

TEST_F(Preparing, ADeviceOfItsOwnOrAReservedNameMakesNoGuest) {
  seat_.compat.vfio_kvm = true;
  std::erase_if(seat_.guests, [](const GuestSpec& guest) { return guest.name.str() == "zorg"; });
  start();
  prepare("usb", {"usb-Logitech_Mouse-event-mouse"});
  EXPECT_EQ(settled(), "yes");
  prepare("self", {"self-keyboard"});
  clock_.run_until_idle(std::chrono::seconds(1));
  EXPECT_THAT(names_of_guests(), testing::ElementsAre("win11", "debby"));
}

TEST_F(Preparing, ARouterThatHangsHoldsLibvirtUpForThreeSecondsAtMost) {
  router_.stuck = true;
  start();
  const auto asked = clock_.now();
  prepare("zorg", {"zorg-keyboard", "zorg-mouse"});
  EXPECT_EQ(settled(),
            "start zorg: keyboard, mouse: no clone was made in time (hotseat status tells more)");
  EXPECT_LT(clock_.now() - asked, std::chrono::seconds(3));
}

TEST_F(Preparing, IsNotHeldUpByALibvirtThatIsOnlyJustStarting) {
  workstation_.libvirtd().go_down();
  start();
  prepare("zorg", {"zorg-keyboard"});
  EXPECT_EQ(settled(), "yes");
}

TEST_F(Preparing, AGuestThatHasEndedGivesTheSeatBack) {
  // No guest need have inputs for what is optional.
  for (DeviceSpec& spec : seat_.devices) spec.optional = true;
  start();
  bool there = false;
  coordinator_->request_switch("win11", "a person", [&](const SwitchReport&) { there = true; });
  ASSERT_TRUE(clock_.run_until([&] { return there; }, std::chrono::seconds(60)));
  ASSERT_EQ(coordinator_->status().world.owner.str(), "win11");
  coordinator_->guest_ended(DomainName{"zorg"}, "a test");
  EXPECT_EQ(coordinator_->status().world.owner.str(), "win11");
  coordinator_->guest_ended(DomainName{"win11"}, "a test");
  EXPECT_TRUE(clock_.run_until([&] { return coordinator_->status().world.owner == kHost; },
                               std::chrono::seconds(10)));
}

TEST_F(Preparing, WhatADoorLacksIsAProblemUntilItIsThere) {
  start();
  coordinator_->door_problem("vfio.kvm", "the name is taken");
  EXPECT_THAT(coordinator_->status().problems, testing::Contains("vfio.kvm: the name is taken"));
  EXPECT_EQ(coordinator_->status().state, SeatState::degraded);
  coordinator_->door_problem("vfio.kvm", "");
  EXPECT_THAT(coordinator_->status().problems, testing::IsEmpty());
}

}  // namespace
}  // namespace hotseat::app
