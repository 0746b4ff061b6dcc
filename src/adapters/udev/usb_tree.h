// The kernel's USB devices, read from sysfs: plain file reads, no udev.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "domain/usb.h"

namespace hotseat::adapters {

struct UsbInterface {
  std::string name;               // "1-3:1.0"
  std::string number;             // bInterfaceNumber as sysfs has it, "00"
  std::uint8_t device_class = 0;  // bInterfaceClass, and so on
  std::uint8_t subclass = 0;
  std::uint8_t protocol = 0;
  std::string driver;  // empty: none is bound
};

struct UsbNode {
  std::string port;  // its name in sysfs
  UsbAddress address;
  UsbId id;
  bool bound = false;      // the kernel's own driver of whole devices has it (udev `bind`)
  bool authorized = true;  // 0: kept out by USBGuard or the like, and has no interfaces then
  std::vector<UsbInterface> interfaces;
};

// A user program has claimed an interface.
bool is_held_by_usbfs(const UsbNode& node);
// A kernel driver has an interface, and no user program has any.
bool is_driven_by_host(const UsbNode& node);

// Any thread. `sys_dir` is /sys, or a directory that looks like it.
class UsbTree {
 public:
  explicit UsbTree(const std::filesystem::path& sys_dir);

  // The ports that have something plugged in, hubs among it, in order.
  std::vector<std::string> ports() const;
  // Nothing when the port is empty, is a hub or has just been unplugged.
  std::optional<UsbNode> node(const std::string& port) const;
  std::optional<UsbNode> node_at(const UsbAddress& address) const;
  // Reads again what changes while a device stays plugged in: who drives it. Much less to read than
  // all of it. False, and nothing done, when there is no such device on the port any more; one that
  // is being reset stays as it was.
  bool update(UsbNode& node) const;

  // Apart from the rest: the kernel takes the device's lock to read it (usb_string_attr in
  // drivers/usb/core/sysfs.c), and whoever resets the device holds that for long.
  std::string serial(const std::string& port) const;

  // Offers an interface without a driver to the host's drivers, as happens when it is plugged in.
  Expected<void> probe(const UsbInterface& interface) const;
  // Documentation/usb/authorization.rst: 0 takes the configuration away from whoever uses it, 1
  // chooses one again and offers its interfaces to the host's drivers. Blocks for as long as the
  // device's lock is held.
  Expected<void> authorize(const std::string& port, bool authorized) const;

 private:
  std::filesystem::path usb_;
};

}  // namespace hotseat::adapters
