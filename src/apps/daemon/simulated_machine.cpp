#include "machine.h"
#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_nodes.h"
#include "sim/input_router.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"
#include "sim/workstation.h"

namespace hotseat {

namespace {

class SimulatedMachine : public Machine {
 public:
  explicit SimulatedMachine(adapters::Loop& loop) : loop_(loop), workstation_(loop) {
    sim::furnish_demo(workstation_);
  }

  app::Ports ports() override {
    return {hypervisor_, usb_, monitors_, commands_, input_nodes_, router_, loop_};
  }

 private:
  adapters::Loop& loop_;
  sim::Workstation workstation_;
  sim::SimHypervisor hypervisor_{workstation_};
  sim::SimUsbDevices usb_{workstation_};
  sim::SimMonitors monitors_{workstation_};
  sim::SimCommands commands_{workstation_};
  sim::SimInputNodes input_nodes_{workstation_};
  sim::SimInputRouter router_{workstation_};
};

}  // namespace

std::unique_ptr<Machine> make_simulated_machine(adapters::Loop& loop) {
  return std::make_unique<SimulatedMachine>(loop);
}

}  // namespace hotseat
