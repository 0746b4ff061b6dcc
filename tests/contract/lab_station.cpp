#include "tests/contract/lab_station.h"

#include <signal.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <thread>

namespace hotseat::contract {

namespace {

namespace fs = std::filesystem;

constexpr std::array kGadgets = {"keyboard", "mouse", "twin1", "twin2"};
constexpr std::array kGuests = {"win11", "zorg", "debby"};
const DomainName kRunning{"win11"};

// Where lab/workstation/up plugs them in.
std::string port_of(const std::string& gadget) {
  static const std::map<std::string, std::string> ports = {
      {"keyboard", "1-1"}, {"mouse", "2-1"}, {"twin1", "3-1"}, {"twin2", "4-1"}};
  return ports.at(gadget);
}

fs::path device_of(const std::string& gadget) {
  return fs::path("/sys/bus/usb/devices") / port_of(gadget);
}

bool try_to(const std::string& command) {
  return std::system((command + " > /run/lab/said 2>&1").c_str()) == 0;
}

std::string what_was_said() {
  std::ifstream said("/run/lab/said");
  return {std::istreambuf_iterator<char>(said), {}};
}

void run(const std::string& command) {
  if (!try_to(command)) throw std::runtime_error(command + ": " + what_was_said());
}

void wait_until(const std::string& what, const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("in vain: " + what);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::string gadget_command() {
  const char* tree = std::getenv("LAB_TREE");
  if (tree == nullptr) throw std::runtime_error("this runs in the lab only: see lab/run --help");
  return std::string(tree) + "/lab/workstation/gadget ";
}

fs::path pid_file(const DomainName& guest) {
  return "/run/libvirt/qemu/" + guest.str() + ".pid";
}

std::string hostdev_file(const std::string& gadget) {
  const UsbAddress address = LabStation::address_of(gadget);
  std::string path = "/run/lab/" + gadget + ".contract.xml";
  std::ofstream(path) << "<hostdev mode='subsystem' type='usb' managed='no'><source><address bus='"
                      << address.bus << "' device='" << address.device
                      << "'/></source></hostdev>\n";
  return path;
}

// A guest takes seconds to start here: one that is as it must be is kept from test to test.
bool runs_with_nothing(const char* guest) {
  if (!fs::exists(pid_file(DomainName(guest)))) return false;
  const std::string name = guest;
  if (!try_to("virsh -q 'domstate " + name + "; dumpxml " + name + "'")) return false;
  const std::string said = what_was_said();
  return said.starts_with("running") && said.find("<hostdev") == std::string::npos;
}

void end(const DomainName& guest) {
  if (!fs::exists(pid_file(guest))) return;
  wait_until(guest.str() + " is off", [&] {
    return try_to("virsh -q destroy " + guest.str()) || !fs::exists(pid_file(guest));
  });
}

// A guest that was killed leaves its devices without a driver: the host's are offered them again.
void bring_home(const std::string& gadget) {
  if (LabStation::host_has(gadget)) return;
  std::ofstream("/sys/bus/usb/drivers_probe") << port_of(gadget) + ":1.0";
  wait_until(gadget + " is the host's", [&] { return LabStation::host_has(gadget); });
}

}  // namespace

LabStation::LabStation() {
  // Restarted often: systemd would take it for a service that cannot start.
  try_to("systemctl reset-failed libvirtd.service");
  for (const char* guest : kGuests) {
    if (DomainName(guest) != kRunning || !runs_with_nothing(guest)) end(DomainName(guest));
  }
  for (const char* gadget : kGadgets) {
    plug(gadget);
    bring_home(gadget);
  }
  if (!fs::exists(pid_file(kRunning))) start(kRunning);
}

UsbAddress LabStation::address_of(const std::string& gadget) {
  UsbAddress address;
  std::ifstream(device_of(gadget) / "busnum") >> address.bus;
  std::ifstream(device_of(gadget) / "devnum") >> address.device;
  return address;
}

bool LabStation::host_has(const std::string& gadget) {
  std::error_code none;
  const fs::path driver = device_of(gadget) / (port_of(gadget) + ":1.0") / "driver";
  const fs::path target = fs::read_symlink(driver, none);
  return !none && target.filename() != "usbfs";
}

void LabStation::plug(const std::string& gadget) {
  if (!fs::exists(device_of(gadget))) run(gadget_command() + "plug " + gadget);
}

void LabStation::unplug(const std::string& gadget) {
  run(gadget_command() + "unplug " + gadget);
}

void LabStation::start(const DomainName& guest) {
  run("virsh -q start " + guest.str());
}

void LabStation::pause(const DomainName& guest) {
  run("virsh -q suspend " + guest.str());
}

void LabStation::kill(const DomainName& guest) {
  pid_t pid = 0;
  std::ifstream(pid_file(guest)) >> pid;
  if (pid <= 0 || ::kill(pid, SIGKILL) != 0) throw std::runtime_error("no QEMU of " + guest.str());
}

void LabStation::attach(const DomainName& guest, const std::string& gadget) {
  run("virsh -q attach-device " + guest.str() + " " + hostdev_file(gadget) + " --live");
}

void LabStation::detach(const DomainName& guest, const std::string& gadget) {
  run("virsh -q detach-device " + guest.str() + " " + hostdev_file(gadget) + " --live");
}

void LabStation::detach_alias(const DomainName& guest, const std::string& alias) {
  run("virsh -q detach-device-alias " + guest.str() + " " + alias + " --live");
}

void LabStation::restart_libvirtd() {
  run("systemctl restart --no-block libvirtd.service");
}

}  // namespace hotseat::contract
