#include "sim/demo.h"

#include <gtest/gtest.h>

#include "domain/plan.h"
#include "domain/world.h"
#include "sim/virtual_clock.h"

namespace hotseat::sim {
namespace {

TEST(Demo, every_device_and_monitor_of_its_seat_is_found_once_but_the_gamepad) {
  VirtualClock clock;
  Workstation workstation(clock);
  furnish_demo(workstation);
  clock.run_until_idle();
  World world;
  world.usb = workstation.usb().devices();
  const Seat seat = demo_seat();
  for (const DeviceSpec& spec : seat.devices) {
    EXPECT_EQ(resolve(world, spec).size(), spec.optional ? 0U : 1U) << spec.name.str();
  }
  for (const MonitorSpec& spec : seat.monitors) {
    EXPECT_EQ(workstation.screens().find(spec.match).size(), 1U) << spec.name.str();
  }
  for (const GuestSpec& guest : seat.guests) {
    EXPECT_NE(workstation.machines().find(guest.domain), nullptr) << guest.name.str();
  }
}

}  // namespace
}  // namespace hotseat::sim
