// The contract suites over the simulated workstation.
#include <array>
#include <chrono>

#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_router.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"
#include "sim/virtual_clock.h"
#include "sim/workstation.h"
#include "tests/contract/commands_contract.h"
#include "tests/contract/hypervisor_contract.h"
#include "tests/contract/input_router_contract.h"
#include "tests/contract/monitors_contract.h"
#include "tests/contract/usb_contract.h"

namespace hotseat::contract {

namespace {

using std::chrono::milliseconds;

sim::Timing uneven() {
  sim::Timing timing;
  timing.spread = 0.5;
  return timing;
}

// The demo's workstation under virtual time; the port under test is made over it.
template <typename RigType, typename Port>
class SimRig : public RigType {
 public:
  explicit SimRig(std::uint64_t seed) : clock_(seed), workstation_(clock_, uneven(), seed) {
    sim::furnish_demo(workstation_);
    clock_.run_until_idle();
    port_ = std::make_unique<Port>(workstation_);
  }

  bool run_until(const std::function<bool()>& condition) override {
    return clock_.run_until(condition, std::chrono::minutes(3));
  }
  void run_a_while() override { clock_.advance(std::chrono::seconds(20)); }

 protected:
  sim::VirtualClock clock_;
  sim::Workstation workstation_;
  std::unique_ptr<Port> port_;
};

class SimHypervisorRig : public SimRig<HypervisorRig, sim::SimHypervisor> {
 public:
  using SimRig::SimRig;

  ports::Hypervisor& hypervisor() override { return *port_; }
  UsbAddress address_of(const std::string& device) override {
    return workstation_.usb().address_of(device);
  }
  bool host_has(const std::string& device) override {
    return workstation_.usb().holder_of(device) == "host";
  }
  void unplug(const std::string& device) override { workstation_.usb().unplug(device); }
  void kill_guest(const DomainName& domain) override { workstation_.machines().kill(domain); }
  void start_guest(const DomainName& domain) override { workstation_.machines().boot(domain); }
  void pause_guest(const DomainName& domain) override { workstation_.machines().pause(domain); }
  void detach_by_hand(const DomainName& domain, const std::string& device) override {
    workstation_.machines().unplug(domain, "ua-hotseat-" + device);
  }
  void restart_daemon() override { workstation_.libvirtd().restart(); }
};

class SimUsbRig : public SimRig<UsbRig, sim::SimUsbDevices> {
 public:
  explicit SimUsbRig(std::uint64_t seed) : SimRig(seed) {
    unplug("mouse");
    if (seed % 2 == 0) workstation_.machines().never_configures_usb(DomainName("win11"));
  }

  ports::UsbDevices& usb() override { return *port_; }
  DeviceMatch match_of(const std::string& device) override {
    DeviceMatch match;
    if (device == "keyboard") match.serial = "A1";
    if (device == "mouse") match.id = UsbId{0x046d, 0xc077};
    if (device == "twin-a") match.serial = "TWIN-A";
    if (device == "twin-b") match.serial = "TWIN-B";
    return match;
  }
  void plug(const std::string& device) override { workstation_.usb().plug(device); }
  void unplug(const std::string& device) override { workstation_.usb().unplug(device); }
  void give_to_guest(const std::string& device) override {
    ASSERT_TRUE(workstation_.attach_by_hand(device, DomainName("win11")).has_value());
  }
  void take_from_guest(const std::string&) override {
    workstation_.machines().unplug(DomainName("win11"), "hostdev0");
  }
  void kill_guest() override { workstation_.machines().kill(DomainName("win11")); }
};

class SimMonitorsRig : public SimRig<MonitorsRig, sim::SimMonitors> {
 public:
  using SimRig::SimRig;

  ports::Monitors& monitors() override { return *port_; }
  MonitorMatch match_of(const std::string& monitor) override {
    MonitorMatch match;
    match.manufacturer = "HOT";
    match.model = monitor == "left" ? "HOT24" : "HOT27";
    return match;
  }
  std::uint8_t shown_by(const std::string& monitor) override {
    return workstation_.screens().input_of(monitor);
  }
  void make_faulty(const std::string& monitor, MonitorFault fault) override {
    sim::ScreenFaults faults;
    faults.nack_always = fault == MonitorFault::nack;
    faults.ignore_writes = fault == MonitorFault::ignore;
    faults.mute = fault == MonitorFault::mute;
    if (fault == MonitorFault::slow) faults.slow = milliseconds(800);
    if (fault == MonitorFault::misread) faults.misread = 0x05;
    if (fault == MonitorFault::revert) faults.revert = milliseconds(20);
    workstation_.screens().faults(monitor) = faults;
  }
  void unplug(const std::string& monitor) override { workstation_.screens().unplug(monitor); }
  void plug(const std::string& monitor) override { workstation_.screens().plug(monitor); }
};

class SimCommandsRig : public SimRig<CommandsRig, sim::SimCommands> {
 public:
  explicit SimCommandsRig(std::uint64_t seed) : SimRig(seed) {
    using Behaviour = sim::Programs::Behaviour;
    workstation_.programs().make("/bin/fails", Behaviour::fails);
    workstation_.programs().make("/bin/hangs", Behaviour::hangs);
    workstation_.programs().make("/bin/missing", Behaviour::missing);
  }

  ports::Commands& commands() override { return *port_; }
  CommandSpec succeeding() override { return command("/bin/works"); }
  CommandSpec failing() override { return command("/bin/fails"); }
  CommandSpec endless() override { return command("/bin/hangs"); }
  CommandSpec missing() override { return command("/bin/missing"); }
  CommandSpec reporting_environment() override { return command("/bin/works"); }
  std::map<std::string, std::string> environment_found() override {
    return workstation_.programs().runs().back().environment;
  }

 private:
  static CommandSpec command(const std::string& path) {
    CommandSpec spec;
    spec.argv = {path};
    spec.timeout = milliseconds(500);
    return spec;
  }
};

class SimInputRouterRig : public SimRig<InputRouterRig, sim::SimInputRouter> {
 public:
  using SimRig::SimRig;

  ports::InputRouter& router() override { return *port_; }
  std::string node() override { return "/dev/input/event2"; }
  void press(const Hotkey& hotkey) override { port_->press(hotkey); }
  void replug() override {}  // its sources are there for as long as they are configured
};

// Each suite runs under several seeds: delays and the order of what is due at once differ.
template <typename RigType, typename SimRigType>
auto seeds() {
  std::vector<RigMaker<RigType>> makers;
  for (std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    makers.push_back(
        {"seed_" + std::to_string(seed), [seed] { return std::make_unique<SimRigType>(seed); }});
  }
  return testing::ValuesIn(makers);
}

auto name_of = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(sim, HypervisorContract, (seeds<HypervisorRig, SimHypervisorRig>()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(sim, UsbContract, (seeds<UsbRig, SimUsbRig>()), name_of);
INSTANTIATE_TEST_SUITE_P(sim, InputRouterContract, (seeds<InputRouterRig, SimInputRouterRig>()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(sim, MonitorsContract, (seeds<MonitorsRig, SimMonitorsRig>()), name_of);
INSTANTIATE_TEST_SUITE_P(sim, CommandsContract, (seeds<CommandsRig, SimCommandsRig>()), name_of);

}  // namespace

}  // namespace hotseat::contract
