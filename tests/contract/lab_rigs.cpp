// The contract suites over the real adapters, in the lab.
#include "adapters/libvirt/libvirt_hypervisor.h"
#include "adapters/udev/usb_devices.h"
#include "tests/contract/hypervisor_contract.h"
#include "tests/contract/lab_station.h"
#include "tests/contract/loop_rig.h"
#include "tests/contract/usb_contract.h"

namespace hotseat::contract {

namespace {

using std::chrono::seconds;

constexpr seconds kPatience{150};
constexpr seconds kAWhile{2};

class LibvirtRig : public LoopRig<HypervisorRig> {
 public:
  LibvirtRig() : LoopRig(kPatience, kAWhile) {}

  ports::Hypervisor& hypervisor() override { return hypervisor_; }
  UsbAddress address_of(const std::string& device) override {
    return LabStation::address_of(device);
  }
  bool host_has(const std::string& device) override { return LabStation::host_has(device); }
  void unplug(const std::string& device) override { LabStation::unplug(device); }
  void kill_guest(const DomainName& domain) override { LabStation::kill(domain); }
  void start_guest(const DomainName& domain) override { LabStation::start(domain); }
  void pause_guest(const DomainName& domain) override { LabStation::pause(domain); }
  void detach_by_hand(const DomainName& domain, const std::string& device) override {
    LabStation::detach_alias(domain, "ua-hotseat-" + device);
  }
  void restart_daemon() override { LabStation::restart_libvirtd(); }

 private:
  LabStation station_;
  adapters::LibvirtHypervisor hypervisor_{"qemu:///system",
                                          [](const std::string&) { return std::nullopt; }, loop_};
};

class UdevRig : public LoopRig<UsbRig> {
 public:
  UdevRig() : LoopRig(kPatience, kAWhile) { LabStation::unplug("mouse"); }

  ports::UsbDevices& usb() override { return usb_; }
  DeviceMatch match_of(const std::string& device) override {
    DeviceMatch match;
    if (device == "keyboard") match.serial = "A1";
    if (device == "mouse") match.serial = "M1";
    if (device == "twin-a") match.serial = "T1";
    if (device == "twin-b") match.serial = "T2";
    return match;
  }
  void plug(const std::string& device) override { LabStation::plug(device); }
  void unplug(const std::string& device) override { LabStation::unplug(device); }
  void give_to_guest(const std::string& device) override { LabStation::attach(guest_, device); }
  void take_from_guest(const std::string& device) override { LabStation::detach(guest_, device); }
  void kill_guest() override { LabStation::kill(guest_); }

 private:
  const DomainName guest_{"win11"};
  LabStation station_;
  adapters::UdevUsbDevices usb_{loop_.native(), loop_, loop_};
};

const RigMaker<HypervisorRig> kLibvirt{"libvirt", [] { return std::make_unique<LibvirtRig>(); }};
const RigMaker<UsbRig> kUdev{"udev", [] { return std::make_unique<UdevRig>(); }};

INSTANTIATE_TEST_SUITE_P(real, HypervisorContract, testing::Values(kLibvirt),
                         [](const auto& test) { return test.param.name; });
INSTANTIATE_TEST_SUITE_P(real, UsbContract, testing::Values(kUdev),
                         [](const auto& test) { return test.param.name; });

}  // namespace

}  // namespace hotseat::contract
