#include "tests/unit/udev/fake_sysfs.h"

#include <stdlib.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace hotseat::adapters {

namespace fs = std::filesystem;

namespace {
void write(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text << '\n';
}

std::string hex4(unsigned value) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04x", value);
  return text.data();
}
}  // namespace

FakeSysfs::FakeSysfs() {
  std::string pattern = (fs::temp_directory_path() / "hotseat-sys-XXXXXX").string();
  root_ = mkdtemp(pattern.data());
  fs::create_directories(root_ / "bus/usb/devices");
  fs::create_directories(root_ / "drivers");
  write(root_ / "bus/usb/drivers_probe", "");
}

FakeSysfs::~FakeSysfs() {
  fs::remove_all(root_);
}

fs::path FakeSysfs::directory_of(const std::string& name) const {
  const auto port = name.substr(0, name.find(':'));
  const auto device = root_ / "bus/usb/devices" / port;
  return port == name ? device : device / name;
}

void FakeSysfs::plug(const std::string& port, const UsbAddress& address, const UsbId& id,
                     const std::string& serial) {
  const auto device = directory_of(port);
  fs::create_directories(device);
  write(device / "busnum", std::to_string(address.bus));
  write(device / "devnum", std::to_string(address.device));
  write(device / "idVendor", hex4(id.vendor));
  write(device / "idProduct", hex4(id.product));
  write(device / "bDeviceClass", "00");
  write(device / "authorized", "1");
  if (!serial.empty()) write(device / "serial", serial);
  bind(port, "usb");
}

void FakeSysfs::unplug(const std::string& port) {
  fs::remove_all(directory_of(port));
}

void FakeSysfs::add_interface(const std::string& port, int number, const std::string& classes,
                              const std::string& driver) {
  const std::string name = port + ":1." + std::to_string(number);
  const auto interface = directory_of(name);
  fs::create_directories(interface);
  write(interface / "bInterfaceNumber", hex4(static_cast<unsigned>(number)).substr(2));
  write(interface / "bInterfaceClass", classes.substr(0, 2));
  write(interface / "bInterfaceSubClass", classes.substr(3, 2));
  write(interface / "bInterfaceProtocol", classes.substr(6, 2));
  bind(name, driver);
}

void FakeSysfs::bind(const std::string& name, const std::string& driver) {
  const auto link = directory_of(name) / "driver";
  fs::remove(link);
  if (!driver.empty()) fs::create_symlink("../../../drivers/" + driver, link);
}

void FakeSysfs::set(const std::string& file, const std::string& text) {
  write(root_ / "bus/usb/devices" / file, text);
}

std::string FakeSysfs::get(const std::string& file) const {
  std::ostringstream text;
  text << std::ifstream(root_ / "bus/usb" / file).rdbuf();
  return text.str();
}

void plug_keyboard(FakeSysfs& sysfs, const UsbAddress& address) {
  sysfs.plug("1-3", address, {0x046d, 0xc31c}, "A1");
  sysfs.add_interface("1-3", 0, "03/01/01", "usbhid");
  sysfs.add_interface("1-3", 1, "03/00/00", "usbhid");
}

void bind_keyboard(FakeSysfs& sysfs, const std::string& driver) {
  sysfs.bind("1-3:1.0", driver);
  sysfs.bind("1-3:1.1", driver);
}

}  // namespace hotseat::adapters
