// Which nodes are forwarded under which names, to whom, and by which hotkeys.
#include "domain/input_setup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/input_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Chord kCtrlAlt1{29, 56, 79};  // sorted: LEFTCTRL, LEFTALT, KP1
const Chord kCtrlAlt2{29, 56, 80};

std::vector<std::string> ids(const InputPlan& plan) {
  std::vector<std::string> all;
  for (const InputSource& source : plan.setup.sources) all.push_back(source.id);
  return all;
}

std::vector<std::string> nodes(const InputPlan& plan) {
  std::vector<std::string> all;
  for (const InputSource& source : plan.setup.sources) all.push_back(source.node);
  return all;
}

TEST(InputSetup, HostAndGuestsInTheOrderOfTheFile) {
  const InputPlan plan = input_setup(make_evdev_world(), make_evdev_seat());
  EXPECT_THAT(ids(plan), ElementsAre("keyboard", "mouse"));
  ASSERT_THAT(plan.setup.targets, SizeIs(3));
  EXPECT_EQ(plan.setup.targets[0], (InputTarget{kHost, "host", {}}));
  EXPECT_EQ(plan.setup.targets[1], (InputTarget{kWin11, "win11", {}}));
  EXPECT_THAT(plan.problems, IsEmpty());
}

TEST(InputSetup, OnlyAGuestThatIsShutOffIsOff) {
  World world = make_evdev_world();
  domain_of(world, kWin11Domain).state = DomainState::shutoff;
  domain_of(world, kZorgDomain).state = DomainState::paused;
  const auto targets = input_setup(world, make_evdev_seat()).setup.targets;
  ASSERT_THAT(targets, SizeIs(3));
  EXPECT_FALSE(targets[0].is_off);
  EXPECT_TRUE(targets[1].is_off);
  EXPECT_FALSE(targets[2].is_off);
  std::erase_if(world.hypervisor.domains,
                [](const Domain& domain) { return domain.name == kWin11Domain; });
  EXPECT_FALSE(input_setup(world, make_evdev_seat()).setup.targets[1].is_off)
      << "who knows what runs there";
}

TEST(InputSetup, DevicesThatMoveByUsbAreNoneOfTheRouters) {
  Seat seat = make_evdev_seat();
  EXPECT_TRUE(routes_input(seat));
  for (DeviceSpec& spec : seat.devices) spec.transport = Transport::usb;
  EXPECT_FALSE(routes_input(seat));
  EXPECT_THAT(ids(input_setup(make_evdev_world(), seat)), IsEmpty());
}

std::vector<std::string> watched(const InputPlan& plan) {
  std::vector<std::string> all;
  for (const WatchedNode& watched : plan.setup.watched) all.push_back(watched.node);
  return all;
}

Hotkey hotkey_for(const TargetName& target) {
  Hotkey hotkey;
  hotkey.action = target == kHost ? HotkeyAction::release : HotkeyAction::switch_to;
  hotkey.target = target;
  hotkey.keys = kCtrlAlt1;
  return hotkey;
}

TEST(InputSetup, DevicesThatMoveByUsbAreWatchedForHotkeys) {
  Seat seat = make_evdev_seat();
  seat.devices[0].transport = Transport::usb;
  seat.hotkeys = {hotkey_for(kWin11)};
  const InputPlan plan = input_setup(make_evdev_world(), seat);
  EXPECT_THAT(ids(plan), ElementsAre("mouse"));
  EXPECT_THAT(watched(plan), ElementsAre("/dev/input/event3"));
}

TEST(InputSetup, NothingIsWatchedWhenThereIsNothingButTheReleaseChord) {
  Seat seat = make_evdev_seat();
  for (DeviceSpec& spec : seat.devices) spec.transport = Transport::usb;
  EXPECT_THAT(watched(input_setup(make_evdev_world(), seat)), IsEmpty());
  seat.hotkeys = {hotkey_for(kHost)};
  EXPECT_THAT(watched(input_setup(make_evdev_world(), seat)), IsEmpty());
}

TEST(InputSetup, WhatIsForwardedIsNotWatchedToo) {
  Seat seat = make_evdev_seat();
  DeviceSpec again = seat.devices[0];
  again.name = DeviceName{"again"};
  again.transport = Transport::usb;
  seat.devices.insert(seat.devices.begin(), again);
  seat.hotkeys = {hotkey_for(kWin11)};
  const InputPlan plan = input_setup(make_evdev_world(), seat);
  EXPECT_THAT(ids(plan), ElementsAre("keyboard", "mouse"));
  EXPECT_THAT(watched(plan), IsEmpty());
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("is both keyboard and again")));
  seat.hotkeys.clear();
  EXPECT_THAT(input_setup(make_evdev_world(), seat).problems, SizeIs(1));
}

// A gaming mouse has a keyboard for its macros on another interface, and media keys on the same.
TEST(InputSetup, EveryNodeOfADeviceIsForwardedUnderANameThatStays) {
  World world = make_evdev_world();
  Seat seat = make_evdev_seat();
  seat.devices = {evdev_device("mouse", "Mouse")};
  seat.devices[0].match = {};
  seat.devices[0].match.port = "2-1";
  world.inputs = {node(10, "Mouse Consumer Control", "2-1", 1), node(9, "Mouse Keyboard", "2-1", 1),
                  node(12, "Mouse", "2-1")};
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(ids(plan), ElementsAre("mouse", "mouse-1", "mouse-1b"));
  EXPECT_THAT(nodes(plan),
              ElementsAre("/dev/input/event12", "/dev/input/event9", "/dev/input/event10"));
}

TEST(InputSetup, TwinsThatCannotBeToldApartAreNotForwarded) {
  World world = make_evdev_world();
  world.inputs.push_back(node(7, "Keys", "3-1"));
  const InputPlan plan = input_setup(world, make_evdev_seat());
  EXPECT_THAT(ids(plan), ElementsAre("mouse"));
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("keyboard matches several devices")));
}

TEST(InputSetup, TwinsAreToldApartBySerialOrPort) {
  World world = make_evdev_world();
  world.inputs = {node(3, "Keys", "1-1"), node(7, "Keys", "3-1")};
  world.inputs[0].serial = "A";
  Seat seat = make_evdev_seat();
  seat.devices = {evdev_device("left", "Keys"), evdev_device("right", "Keys")};
  seat.devices[0].match.serial = "A";
  seat.devices[1].match.port = "3-1";
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(ids(plan), ElementsAre("left", "right"));
  EXPECT_THAT(nodes(plan), ElementsAre("/dev/input/event3", "/dev/input/event7"));
}

TEST(InputSetup, OfTwoDevicesThatClaimOneNodeTheFirstHasIt) {
  Seat seat = make_evdev_seat();
  seat.devices.push_back(evdev_device("other", "Mouse"));
  const InputPlan plan = input_setup(make_evdev_world(), seat);
  EXPECT_THAT(ids(plan), ElementsAre("keyboard", "mouse"));
  EXPECT_THAT(plan.problems,
              ElementsAre(HasSubstr("Mouse (/dev/input/event4) is both mouse and other")));
}

TEST(InputSetup, NoTwoSourcesHaveOneName) {
  World world = make_evdev_world();
  world.inputs = {node(3, "Keys", "1-1", 1), node(4, "Mouse", "2-1")};
  Seat seat = make_evdev_seat();
  seat.devices = {evdev_device("keyboard", "Keys"), evdev_device("keyboard-1", "Mouse")};
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(nodes(plan), ElementsAre("/dev/input/event3"));
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("give keyboard-1 another name")));
}

TEST(InputSetup, AnAbsentDeviceIsSimplyNotThere) {
  World world = make_evdev_world();
  world.inputs.pop_back();
  const InputPlan plan = input_setup(world, make_evdev_seat());
  EXPECT_THAT(ids(plan), ElementsAre("keyboard"));
  EXPECT_THAT(plan.problems, IsEmpty());
}

// ---- names
// ----------------------------------------------------------------------------------------

TEST(CloneNames, TheDevicesOwnAndAllItsLinks) {
  const InputTarget target{kWin11, "win11", {}};
  const InputSource source{
      "mouse", DeviceName{"mouse"}, "/dev/input/event4", {"usb-Acme_Mouse-event-mouse", "mouse"}};
  EXPECT_THAT(clone_names(target, source),
              ElementsAre("win11-mouse", "win11-usb-Acme_Mouse-event-mouse"));
}

// As vfio-kvm had it: no [[device]] at all, and a domain that names its inputs.
TEST(InputSetup, ADeviceThatADomainNamesIsOfTheSeatWithoutBeingConfigured) {
  World world = make_evdev_world();
  world.inputs[0].by_id = {"usb-Acme_Keys-event-kbd"};
  domain_of(world, kWin11Domain).inputs = {
      reads("win11-usb-Acme_Keys-event-kbd"),
      reads("zorg-usb-Acme_Mouse-event-mouse"),
      {EvdevInput::Kind::virtio, "/dev/input/event4", false, {}}};
  Seat seat = make_evdev_seat();
  seat.devices.clear();
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(ids(plan), ElementsAre("usb-Acme_Keys-event-kbd"));
  EXPECT_THAT(clone_names(plan.setup.targets[1], plan.setup.sources[0]),
              ElementsAre("win11-usb-Acme_Keys-event-kbd"));
}

TEST(InputSetup, ADeviceThatIsConfiguredAndNamedIsOneAllTheSame) {
  World world = make_evdev_world();
  world.inputs[0].by_id = {"usb-Acme_Keys-event-kbd"};
  domain_of(world, kWin11Domain).inputs = {reads("win11-usb-Acme_Keys-event-kbd"),
                                           reads("win11-keyboard")};
  EXPECT_THAT(ids(input_setup(world, make_evdev_seat())), ElementsAre("keyboard", "mouse"));
}

// udev gives every node of an interface the same link, and two devices without a serial number,
// too.
TEST(InputSetup, ALinkThatADomainNamesIsOfOneNode) {
  World world = make_evdev_world();
  world.inputs = {node(3, "Consumer Control", "1-1", 1), node(4, "System Control", "1-1", 1)};
  for (InputNode& each : world.inputs) each.by_id = {"usb-X-event-if01"};
  domain_of(world, kWin11Domain).inputs = {reads("win11-usb-X-event-if01")};
  Seat seat = make_evdev_seat();
  seat.devices.clear();
  EXPECT_THAT(nodes(input_setup(world, seat)), ElementsAre("/dev/input/event3"));
  world.inputs[1].port = "2-1";
  const InputPlan twins = input_setup(world, seat);
  EXPECT_THAT(ids(twins), IsEmpty());
  EXPECT_THAT(twins.problems,
              ElementsAre(HasSubstr("several devices are called usb-X-event-if01")));
}

TEST(InputSetup, ALinkOfTwoSourcesIsTheFirstOnes) {
  World world = make_evdev_world();
  for (InputNode& each : world.inputs) each.by_id = {"usb-X-event-kbd"};
  const InputPlan plan = input_setup(world, make_evdev_seat());
  ASSERT_THAT(plan.setup.sources, SizeIs(2));
  EXPECT_THAT(plan.setup.sources[0].by_id, ElementsAre("usb-X-event-kbd"));
  EXPECT_THAT(plan.setup.sources[1].by_id, IsEmpty());
}

TEST(InputSetup, NoCloneOfTheHostIsAGuestsToo) {
  Seat seat = make_evdev_seat();
  seat.guests[0].domain = DomainName{"host"};
  const InputPlan plan = input_setup(make_evdev_world(), seat);
  EXPECT_THAT(ids(plan), ElementsAre("keyboard", "mouse"));
  EXPECT_THAT(plan.setup.targets, ::testing::SizeIs(seat.guests.size()));  // without it
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("virsh domrename")));
}

TEST(InputSetup, NoCloneIsOfTwoGuests) {
  World world = make_evdev_world();
  Seat seat = make_evdev_seat();
  seat.guests[1].domain = DomainName{"win11-gaming"};
  seat.devices[0].name = DeviceName{"mouse"};
  seat.devices[1].name = DeviceName{"gaming-mouse"};
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(ids(plan), ElementsAre("mouse"));
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("give gaming-mouse another name")));
}

// ---- input-linux
// ----------------------------------------------------------------------------------

TEST(InputSetup, AGuestThatHasToBeAskedForItsGrabIsAskedThroughEachOfItsDevices) {
  World world = make_evdev_world();
  const Chord both_ctrls{29, 97};
  domain_of(world, kWin11Domain).inputs = {
      {EvdevInput::Kind::input_linux, "/dev/input/by-id/win11-mouse", false, both_ctrls},
      {EvdevInput::Kind::input_linux, "/dev/input/by-id/win11-keyboard", true, both_ctrls}};
  const InputPlan plan = input_setup(world, make_evdev_seat());
  const InputTarget::GrabChord mouse{"mouse", both_ctrls, false};
  const InputTarget::GrabChord keyboard{"keyboard", both_ctrls, true};
  EXPECT_THAT(plan.setup.targets[1].grabs, ElementsAre(mouse, keyboard));
  EXPECT_THAT(plan.setup.targets[2].grabs, IsEmpty()) << "virtio takes events always";
}

// ---- hotkeys
// --------------------------------------------------------------------------------------

Hotkey to(const TargetName& target, const Chord& keys) {
  Hotkey hotkey;
  hotkey.action = HotkeyAction::switch_to;
  hotkey.target = target;
  hotkey.keys = keys;
  hotkey.from = "guest." + target.str() + ".hotkey";
  return hotkey;
}

TEST(InputSetup, ADomainsOwnChordWinsOverTheConfigs) {
  World world = make_evdev_world();
  Seat seat = make_evdev_seat();
  seat.hotkeys = {to(kWin11, kCtrlAlt1), to(kZorg, kCtrlAlt2)};
  domain_of(world, kWin11Domain).hotkey = {59};
  const InputPlan plan = input_setup(world, seat);
  ASSERT_THAT(plan.setup.hotkeys, SizeIs(2));
  EXPECT_EQ(plan.setup.hotkeys[0], seat.hotkeys[1]);
  EXPECT_EQ(plan.setup.hotkeys[1].target, kWin11);
  EXPECT_EQ(plan.setup.hotkeys[1].keys, Chord{59});
  EXPECT_THAT(plan.setup.hotkeys[1].from, HasSubstr("domain win11"));
  EXPECT_THAT(plan.problems, IsEmpty());
}

TEST(InputSetup, AChordThatGetsInTheWayIsNotUsedAndTheConfigsIs) {
  World world = make_evdev_world();
  Seat seat = make_evdev_seat();
  seat.hotkeys = {to(kWin11, kCtrlAlt1), to(kZorg, kCtrlAlt2)};
  domain_of(world, kWin11Domain).hotkey = kCtrlAlt2;
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(plan.setup.hotkeys, ElementsAre(seat.hotkeys[1], seat.hotkeys[0]));
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("gets in the way of guest.zorg.hotkey")));
}

// Chords are exact, as they were in vfio-kvm: the longer one is pressed by its modifiers first.
TEST(InputSetup, AChordOfADomainMayContainAnotherButTheReleaseChord) {
  World world = make_evdev_world();
  Seat seat = make_evdev_seat();
  domain_of(world, kWin11Domain).hotkey = {29, 59};
  domain_of(world, kZorgDomain).hotkey = {29, 56, 59};
  EXPECT_THAT(input_setup(world, seat).setup.hotkeys, SizeIs(2));
  Hotkey release = to(kHost, {29, 56});
  release.action = HotkeyAction::release;
  seat.hotkeys = {release};
  const InputPlan plan = input_setup(world, seat);
  EXPECT_THAT(plan.setup.hotkeys, SizeIs(2));
  EXPECT_THAT(plan.problems, ElementsAre(HasSubstr("domain zorg gets in the way")));
}

TEST(InputSetup, OfTwoDomainsWithOneChordTheFirstHasIt) {
  World world = make_evdev_world();
  domain_of(world, kWin11Domain).hotkey = kCtrlAlt1;
  domain_of(world, kZorgDomain).hotkey = kCtrlAlt1;
  const InputPlan plan = input_setup(world, make_evdev_seat());
  ASSERT_THAT(plan.setup.hotkeys, SizeIs(1));
  EXPECT_EQ(plan.setup.hotkeys[0].target, kWin11);
  EXPECT_THAT(plan.problems, SizeIs(1));
}

// ---- what a guest lacks
// ---------------------------------------------------------------------------

std::vector<std::string> missing(const World& world, const Seat& seat) {
  std::vector<std::string> names;
  for (const DeviceName& device : inputs_missing(world, seat, *seat.guest(kWin11))) {
    names.push_back(device.str());
  }
  return names;
}

TEST(InputsMissing, NoneWhenTheGuestReadsAllOfThemByWhateverName) {
  World world = make_evdev_world();
  EXPECT_THAT(missing(world, make_evdev_seat()), IsEmpty());
  world.inputs[1].by_id = {"usb-Acme_Mouse-event-mouse"};
  domain_of(world, kWin11Domain).inputs[1] = reads("win11-usb-Acme_Mouse-event-mouse");
  EXPECT_THAT(missing(world, make_evdev_seat()), IsEmpty());
}

TEST(InputsMissing, ThoseItDoesNotRead) {
  World world = make_evdev_world();
  domain_of(world, kWin11Domain).inputs = {reads("win11-mouse"), reads("zorg-keyboard")};
  EXPECT_THAT(missing(world, make_evdev_seat()), ElementsAre("keyboard"));
}

TEST(InputsMissing, OneNodeOfADeviceIsEnough) {
  World world = make_evdev_world();
  world.inputs.push_back(node(8, "Mouse", "2-1", 1));
  EXPECT_THAT(missing(world, make_evdev_seat()), IsEmpty());
}

TEST(InputsMissing, OptionalAndAbsentDevicesAreMissedByNobody) {
  World world = make_evdev_world();
  Seat seat = make_evdev_seat();
  domain_of(world, kWin11Domain).inputs.clear();
  seat.devices[0].optional = true;
  world.inputs.pop_back();  // the mouse
  EXPECT_THAT(missing(world, seat), IsEmpty());
}

}  // namespace
}  // namespace hotseat
