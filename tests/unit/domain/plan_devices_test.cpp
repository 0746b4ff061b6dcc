// Which devices a plan moves, for devices in every place they can be found in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/world_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Seat devices_only() {
  Seat seat = make_seat();
  seat.monitors.clear();
  return seat;
}

TEST(PlanDevices, NothingIsAttachedTwice) {
  World world = make_world();
  give(world, kWin11Domain, "keyboard", kKeyboardAt);
  EXPECT_THAT(texts(*plan(world, devices_only(), kWin11)),
              ElementsAre("attach mouse (2:2) to win11"));
}

TEST(PlanDevices, ADeviceAttachedByHandCountsAsThere) {
  World world = make_world();
  for (UsbDevice& each : world.usb) each.driver = UsbDriver::usbfs;
  domain_of(world, kWin11Domain).usb = {{"hostdev0", kKeyboardAt}, {"hostdev1", kMouseAt}};
  EXPECT_THAT(texts(*plan(world, devices_only(), kWin11)), IsEmpty());
}

TEST(PlanDevices, ADeviceFoundInTheWrongGuestIsMoved) {
  World world = make_world();
  domain_of(world, kZorgDomain).state = DomainState::running;
  domain_of(world, kZorgDomain).usb = {{"hostdev0", kKeyboardAt}};
  world.usb[0].driver = UsbDriver::usbfs;
  auto made = plan(world, devices_only(), kWin11);
  EXPECT_THAT(texts(*made),
              ElementsAre("detach keyboard (1:2) from zorg", "attach keyboard (1:2) to win11",
                          "attach mouse (2:2) to win11"));
  EXPECT_EQ(std::get<DetachUsb>(made->steps[0].action).alias, "hostdev0");
}

TEST(PlanDevices, ADeviceFoundInAGuestOutsideTheSeatIsBroughtHome) {
  World world = make_world();
  world.hypervisor.domains.push_back(
      {DomainName{"foreign"}, "u9", DomainState::running, 7, {{"hostdev0", kMouseAt}}});
  EXPECT_THAT(texts(*plan(world, devices_only(), kHost, Scope::inputs)),
              ElementsAre("detach mouse (2:2) from foreign"));
}

TEST(PlanDevices, OfAReplugTheOldHoldGoesBeforeTheNewOneComes) {
  World world = make_world();
  give_all(world, kWin11Domain);
  world.owner = kWin11;
  world.usb[0].address = {1, 3};  // the kernel's new number for it
  world.usb[0].driver = UsbDriver::host;
  auto made = plan(world, devices_only(), kWin11, Scope::inputs);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made),
              ElementsAre("detach keyboard (1:2) from win11", "attach keyboard (1:3) to win11"));
  EXPECT_THAT(made->steps[1].after, ElementsAre(0u));
  EXPECT_FALSE(made->steps[0].undo) << "what has gone cannot be given back";
}

TEST(PlanDevices, AnUnpluggedDeviceIsForgottenCleanly) {
  World world = make_world();
  give_all(world, kWin11Domain);
  world.owner = kWin11;
  world.usb.erase(world.usb.begin());
  EXPECT_THAT(texts(*plan(world, devices_only(), kWin11, Scope::inputs)),
              ElementsAre("detach keyboard (1:2) from win11"));
}

TEST(PlanDevices, ADeviceTheKernelTookBackIsGivenAnew) {
  World world = make_world();
  give_all(world, kWin11Domain);
  world.usb[0].driver = UsbDriver::host;
  auto made = plan(world, devices_only(), kWin11);
  EXPECT_THAT(texts(*made),
              ElementsAre("detach keyboard (1:2) from win11", "attach keyboard (1:2) to win11"));
  EXPECT_FALSE(made->steps[0].undo);
}

TEST(PlanDevices, WithoutLibvirtTheWayHomeAsksNoGuest) {
  World world = make_world();
  give_all(world, kWin11Domain);
  world.owner = kWin11;
  world.hypervisor.connected = false;
  EXPECT_THAT(plan(world, devices_only(), kHost)->steps, IsEmpty());
}

TEST(PlanDevices, ADeviceThatIsStillSettlingFollowsLater) {
  World world = make_world();
  world.usb[0].driver = UsbDriver::none;
  auto made = plan(world, devices_only(), kWin11);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made), ElementsAre("attach mouse (2:2) to win11"));
  EXPECT_THAT(made->notes, Contains(HasSubstr("keyboard is still settling")));
}

TEST(PlanDevices, AnAbsentOptionalDeviceIsANote) {
  Seat seat = devices_only();
  seat.devices.push_back(device("gamepad", "045e:028e", true));
  auto made = plan(make_world(), seat, kWin11);
  ASSERT_TRUE(made);
  EXPECT_THAT(made->notes, ElementsAre("gamepad is not plugged in; skipped"));
}

TEST(PlanDevices, AnOptionalDeviceCannotFailTheSwitch) {
  Seat seat = devices_only();
  seat.devices.push_back(device("gamepad", "045e:028e", true));
  World world = make_world();
  world.usb.push_back(usb({3, 4}, "045e:028e", "3-1"));
  auto made = plan(world, seat, kWin11);
  EXPECT_FALSE(made->steps.back().required);
  EXPECT_TRUE(made->steps.front().required);
}

TEST(PlanDevices, TwinsAreToldApartBySerial) {
  Seat seat = devices_only();
  seat.devices = {device("a", "1209:0001"), device("b", "1209:0001")};
  seat.devices[0].match.serial = "TWIN-A";
  seat.devices[1].match.serial = "TWIN-B";
  World world = make_world();
  world.usb = {usb({3, 2}, "1209:0001", "3-1"), usb({4, 2}, "1209:0001", "4-1")};
  world.usb[0].serial = "TWIN-B";
  world.usb[1].serial = "TWIN-A";
  EXPECT_THAT(texts(*plan(world, seat, kWin11)),
              ElementsAre("attach a (4:2) to win11", "attach b (3:2) to win11"));
}

TEST(PlanDevices, ADeviceKnownOnlyByItsLinkIsKnownByItsAliasWhileAGuestHasIt) {
  Seat seat = devices_only();
  seat.devices[0].match = {};
  seat.devices[0].match.by_id = "usb-Logitech_Keyboard-event-kbd";
  World world = make_world();
  give_all(world, kWin11Domain);  // no evdev node, so no link, while the guest has it
  EXPECT_THAT(texts(*plan(world, seat, kHost)),
              ElementsAre("detach keyboard (1:2) from win11", "detach mouse (2:2) from win11"));
}

TEST(PlanDevices, WhatTheConfigNoLongerNamesIsGivenBack) {
  World world = make_world();
  give_all(world, kWin11Domain);
  world.owner = kWin11;
  Seat seat = devices_only();
  seat.devices.pop_back();  // the mouse
  EXPECT_THAT(texts(*plan(world, seat, kWin11, Scope::inputs)),
              ElementsAre("detach mouse (2:2) from win11"));
}

TEST(PlanDevices, FollowingTheSeatSkipsWhatASwitchWouldRefuse) {
  World world = make_world();
  world.owner = kWin11;
  give(world, kWin11Domain, "mouse", kMouseAt);
  world.usb.push_back(usb({3, 9}, "046d:c31c", "3-1"));  // a twin of the keyboard
  auto made = plan(world, devices_only(), kWin11, Scope::inputs);
  ASSERT_TRUE(made);
  EXPECT_THAT(made->steps, IsEmpty());
  EXPECT_THAT(made->notes, Contains(HasSubstr("keyboard matches several devices")));
}

}  // namespace
}  // namespace hotseat
