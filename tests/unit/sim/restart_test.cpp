// What a killed and restarted daemon finds: the workstation lives on without its ports.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"
#include "sim/virtual_clock.h"

namespace hotseat::sim {
namespace {

using std::chrono::seconds;

TEST(Restart, an_operation_under_way_goes_on_to_its_end_and_nobody_is_called_back) {
  VirtualClock clock;
  Workstation workstation(clock);
  furnish_demo(workstation);
  clock.run_until_idle();
  bool called = false;
  auto hypervisor = std::make_unique<SimHypervisor>(workstation);
  hypervisor->observe([](const HypervisorStatus&) {});
  clock.run_until_idle();
  hypervisor->attach_usb(DomainName("win11"), workstation.usb().address_of("keyboard"), "ua-x",
                         seconds(10), [&](const Expected<void>&) { called = true; });
  clock.advance(std::chrono::milliseconds(50));
  hypervisor.reset();
  clock.run_until_idle();
  EXPECT_FALSE(called);
  EXPECT_EQ(workstation.usb().holder_of("keyboard"), "win11");

  HypervisorStatus seen;
  SimHypervisor again(workstation);
  again.observe([&](const HypervisorStatus& status) { seen = status; });
  clock.run_until_idle();
  ASSERT_NE(seen.domain(DomainName("win11")), nullptr);
  EXPECT_EQ(seen.domain(DomainName("win11"))->usb.size(), 1U);
}

TEST(Restart, every_port_may_go_with_work_under_way) {
  VirtualClock clock;
  Workstation workstation(clock);
  furnish_demo(workstation);
  clock.run_until_idle();
  int calls = 0;
  auto count = [&](const auto&...) { ++calls; };
  {
    SimUsbDevices usb(workstation);
    SimMonitors monitors(workstation);
    SimCommands commands(workstation);
    usb.observe(count);
    usb.reclaim(workstation.usb().address_of("mouse"), count);
    monitors.observe(count);
    monitors.configure(demo_seat().monitors);
    monitors.set_input(MonitorName("left"), 0x11, seconds(1), count);
    commands.run({{"/bin/true"}, seconds(1), false}, {}, count);
  }
  clock.run_until_idle();
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace hotseat::sim
