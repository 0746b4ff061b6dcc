// Plans of seats whose devices are forwarded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/input_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PlanInputs, ASwitchIsARoute) {
  const auto made = plan(make_evdev_world(), make_evdev_seat(), kWin11);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made), ElementsAre("route input to win11"));
  const Step& route = made->steps[0];
  EXPECT_TRUE(route.required);
  EXPECT_TRUE(route.moves_input);
  EXPECT_THAT(route.after, IsEmpty());
  EXPECT_EQ(route.undo, Action{RouteInput{kHost}});
}

TEST(PlanInputs, NothingIsRoutedThatIsThereAlready) {
  World world = make_evdev_world();
  world.router.route = kWin11;
  EXPECT_THAT(plan(world, make_evdev_seat(), kWin11)->steps, IsEmpty());
}

TEST(PlanInputs, WithoutSuchADeviceThereIsNothingToRoute) {
  const auto made = plan(make_world(), make_seat(), kWin11);
  EXPECT_THAT(texts(*made), ::testing::Not(Contains(HasSubstr("route"))));
}

// A domain reads a clone, and the configuration says nothing of the device.
TEST(PlanInputs, WhatOnlyDomainsNameIsRoutedToo) {
  World world = make_world();
  world.router.sources = {
      {"keyboard", DeviceName{"keyboard"}, "/dev/input/event5", SourceState::routed, ""}};
  EXPECT_THAT(texts(*plan(world, make_seat(), kWin11)), Contains("route input to win11"));
  world.owner = kWin11;
  world.router.route = kWin11;
  EXPECT_THAT(texts(*plan(world, make_seat(), kHost)), Contains("route input to host"));
}

// hotseatd was restarted: the router begins at the host, wherever the seat is.
TEST(PlanInputs, TheRouteFollowsTheSeat) {
  World world = make_evdev_world();
  world.owner = kWin11;
  EXPECT_THAT(texts(*plan(world, make_evdev_seat(), kWin11, Scope::inputs)),
              ElementsAre("route input to win11"));
}

TEST(PlanInputs, AGuestIsStartedBeforeItIsTypedTo) {
  const auto made = plan(make_evdev_world(), make_evdev_seat(), kZorg);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made), ElementsAre("start zorg", "route input to zorg"));
  EXPECT_THAT(made->steps[1].after, ElementsAre(0U));
}

TEST(PlanInputs, TheWayHomeIsARouteTooAndNeedsNobody) {
  World world = make_evdev_world();
  world.owner = kWin11;
  world.router.route = kWin11;
  world.hypervisor.connected = false;
  const auto made = plan(world, make_evdev_seat(), kHost);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made), ElementsAre("route input to host"));
  EXPECT_THAT(made->steps[0].after, IsEmpty());
}

TEST(PlanInputs, BothKindsOfDevicesGoInOneSwitch) {
  Seat seat = make_evdev_seat();
  seat.devices.push_back(device("tablet", "056a:0357"));
  World world = make_evdev_world();
  world.usb = {usb({5, 1}, "056a:0357", "5-1")};
  const auto made = plan(world, seat, kWin11);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made), ElementsAre("route input to win11", "attach tablet (5:1) to win11"));
  for (const Step& step : made->steps) EXPECT_THAT(step.after, IsEmpty());
}

// ---- refusals
// -------------------------------------------------------------------------------------

TEST(PlanInputs, AGuestThatReadsNoneOfItIsRefused) {
  World world = make_evdev_world();
  domain_of(world, kWin11Domain).inputs.clear();
  const auto made = plan(world, make_evdev_seat(), kWin11);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().rule, Rule::input_missing);
  EXPECT_THAT(made.error().reason, HasSubstr("no input that keyboard, mouse"));
  EXPECT_THAT(made.error().hint, HasSubstr("hotseat guest prepare win11"));
}

// A device was plugged in that the guest does not read: everything else still follows the seat.
TEST(PlanInputs, WhileTheSeatIsThereAMissingInputIsANote) {
  World world = make_evdev_world();
  world.owner = kWin11;
  domain_of(world, kWin11Domain).inputs.pop_back();
  const auto made = plan(world, make_evdev_seat(), kWin11, Scope::inputs);
  ASSERT_TRUE(made);
  EXPECT_THAT(texts(*made), ElementsAre("route input to win11"));
  EXPECT_THAT(made->notes, ElementsAre(HasSubstr("no input that mouse")));
}

TEST(PlanInputs, AnAbsentDeviceRefusesUnlessItIsOptional) {
  World world = make_evdev_world();
  world.inputs.pop_back();
  Seat seat = make_evdev_seat();
  const auto made = plan(world, seat, kWin11);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().rule, Rule::device_absent);
  EXPECT_THAT(made.error().reason, HasSubstr("mouse is not plugged in"));
  seat.devices[1].optional = true;
  const auto without = plan(world, seat, kWin11);
  ASSERT_TRUE(without);
  EXPECT_THAT(texts(*without), ElementsAre("route input to win11"));
  EXPECT_THAT(without->notes, ElementsAre("mouse is not plugged in; skipped"));
}

// They would both stay at the host, and the seat would be where nobody can type.
TEST(PlanInputs, TwinsThatCannotBeToldApartAreRefused) {
  World world = make_evdev_world();
  world.inputs.push_back(node(7, "Keys", "3-1"));
  const auto made = plan(world, make_evdev_seat(), kWin11);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().rule, Rule::device_ambiguous);
  EXPECT_THAT(made.error().reason, HasSubstr("Keys (/dev/input/event3), Keys (/dev/input/event7)"));
  EXPECT_TRUE(plan(world, make_evdev_seat(), kHost));
}

}  // namespace
}  // namespace hotseat
