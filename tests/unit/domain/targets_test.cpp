#include <gtest/gtest.h>

#include "tests/unit/domain/world_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;

TEST(ResolveTarget, TakesHostAndEveryGuestByName) {
  EXPECT_EQ(resolve_target(make_world(), make_seat(), "host").value(), kHost);
  EXPECT_EQ(resolve_target(make_world(), make_seat(), "zorg").value(), kZorg);
}

TEST(ResolveTarget, GuestAloneIsTheOnlyOneEvenWhenItIsOff) {
  Seat seat = make_seat();
  seat.guests.erase(seat.guests.begin());
  EXPECT_EQ(resolve_target(make_world(), seat, "guest").value(), kZorg);
}

TEST(ResolveTarget, GuestAloneIsTheFirstOneThatCameUp) {
  World world = make_world();
  domain_of(world, kWin11Domain).started = 9;
  domain_of(world, kZorgDomain).state = DomainState::running;
  domain_of(world, kZorgDomain).started = 4;
  EXPECT_EQ(resolve_target(world, make_seat(), "guest").value(), kZorg);
}

TEST(ResolveTarget, GuestAloneWithNoneRunningSaysSo) {
  World world = make_world();
  domain_of(world, kWin11Domain).state = DomainState::shutoff;
  EXPECT_EQ(resolve_target(world, make_seat(), "guest").error().rule, Rule::no_running_guest);
}

TEST(ResolveTarget, AnUnknownNameListsTheKnownOnes) {
  auto refusal = resolve_target(make_world(), make_seat(), "w11").error();
  EXPECT_EQ(refusal.rule, Rule::unknown_target);
  EXPECT_EQ(refusal.hint, "there are: host, win11, zorg");
}

TEST(NextTarget, GoesRoundHostAndTheGuestsThatCanTakeTheSeat) {
  World world = make_world();
  EXPECT_EQ(next_target(world, make_seat()), kWin11);
  world.owner = kWin11;
  EXPECT_EQ(next_target(world, make_seat()), kZorg) << "off, but it starts on demand";
  world.owner = kZorg;
  EXPECT_EQ(next_target(world, make_seat()), kHost);
}

TEST(NextTarget, LeavesOutGuestsThatAreOffOrPaused) {
  World world = make_world();
  Seat seat = make_seat();
  domain_of(world, kWin11Domain).state = DomainState::paused;
  seat.guests[1].start = StartPolicy::never;
  EXPECT_EQ(next_target(world, seat), kHost);
}

TEST(ObservedOwner, IsTheRunningGuestThatHoldsEveryDevice) {
  World world = make_world();
  give_all(world, kWin11Domain);
  EXPECT_EQ(observed_owner(world, make_seat()), kWin11);
}

TEST(ObservedOwner, IsTheHostWhenASwitchWasCutInHalf) {
  World world = make_world();
  give(world, kWin11Domain, "keyboard", kKeyboardAt);
  EXPECT_EQ(observed_owner(world, make_seat()), kHost);
}

TEST(ObservedOwner, IsTheHostWhenTheKernelTookTheDevicesBack) {
  World world = make_world();
  give_all(world, kWin11Domain);
  for (UsbDevice& device : world.usb) device.driver = UsbDriver::host;
  EXPECT_EQ(observed_owner(world, make_seat()), kHost);
}

TEST(ObservedOwner, IsTheHostWhenTheGuestIsNotRunning) {
  World world = make_world();
  give_all(world, kWin11Domain);
  domain_of(world, kWin11Domain).state = DomainState::paused;
  EXPECT_EQ(observed_owner(world, make_seat()), kHost);
}

TEST(ObservedOwner, AnOptionalDeviceThatStayedBehindDoesNotCallTheSeatBack) {
  World world = make_world();
  give_all(world, kWin11Domain);
  world.usb.push_back(usb({3, 4}, "045e:028e", "3-1"));
  Seat seat = make_seat();
  seat.devices.push_back(device("gamepad", "045e:028e", true));
  EXPECT_EQ(observed_owner(world, seat), kWin11);
}

TEST(ObservedOwner, IsTheHostWhenNothingIsPluggedIn) {
  World world = make_world();
  world.usb.clear();
  EXPECT_EQ(observed_owner(world, make_seat()), kHost);
}

}  // namespace
}  // namespace hotseat
