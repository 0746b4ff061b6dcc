// Monitors that come and go while the seat moves.
#include "sim/monitors.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

#include "app/coordinator.h"
#include "app/report_queue.h"
#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_nodes.h"
#include "sim/input_router.h"
#include "sim/usb_devices.h"
#include "sim/virtual_clock.h"
#include "sim/workstation.h"

namespace hotseat::app {
namespace {

using namespace std::chrono_literals;

const TargetName kWin11{"win11"};

class MonitorsTest : public testing::Test {
 protected:
  MonitorsTest() {
    sim::furnish_demo(workstation_);
    clock_.run_until_idle();
    coordinator_.emplace(
        seat_, Ports{hypervisor_, usb_, monitors_, commands_, input_nodes_, router_, clock_},
        reports_, [this]() -> Expected<Seat> { return seat_; });
    clock_.advance(5s);
  }
  sim::Screens& screens() { return workstation_.screens(); }

  sim::VirtualClock clock_;
  sim::Workstation workstation_{clock_};
  Seat seat_ = sim::demo_seat();
  sim::SimHypervisor hypervisor_{workstation_};
  sim::SimUsbDevices usb_{workstation_};
  sim::SimMonitors monitors_{workstation_};
  sim::SimCommands commands_{workstation_};
  sim::SimInputNodes input_nodes_{workstation_};
  sim::SimInputRouter router_{workstation_};
  ReportQueue reports_{clock_, {}};
  std::optional<Coordinator> coordinator_;
};

TEST_F(MonitorsTest, OneThatIsBackBeforeTheSwitchHasEndedIsBroughtAlong) {
  screens().faults("left").nack_always = true;
  workstation_.libvirtd().fault_next(sim::Operation::attach, {sim::Fault::Kind::late, {}, 8s});
  bool has_ended = false;
  coordinator_->request_switch("win11", "", [&](const SwitchReport&) { has_ended = true; });
  clock_.advance(4s);
  screens().unplug("left");
  monitors_.rescan();
  clock_.advance(1s);
  screens().faults("left") = {};
  screens().plug("left");
  monitors_.rescan();
  clock_.advance(1s);
  ASSERT_FALSE(has_ended);
  clock_.advance(60s);
  EXPECT_TRUE(has_ended);
  EXPECT_EQ(screens().input_of("left"), seat_.monitors.front().inputs.at(kWin11));
}

}  // namespace
}  // namespace hotseat::app
