// USB devices as the host's kernel names them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/device_match.h"

namespace hotseat {

// busnum and devnum: unique while the device stays plugged in, new after every replug or reset.
struct UsbAddress {
  unsigned bus = 0;
  unsigned device = 0;
  // clang-tidy takes the 0 of a rewritten `<` for a pointer.
  auto operator<=>(const UsbAddress&) const = default;  // NOLINT(modernize-use-nullptr)
};

// Who drives the interfaces of a device.
enum class UsbDriver {
  none,   // nobody yet: the device is still settling (between udev `add` and `bind`)
  host,   // kernel drivers of the host: the host has it
  usbfs,  // a user program, QEMU as a rule
};

struct UsbDevice {
  UsbAddress address;
  UsbId id;
  std::string serial;              // empty when the device has none
  std::string port;                // sysfs name of the port path, "1-3.2"
  std::vector<std::string> by_id;  // names under /dev/input/by-id while the host has it
  UsbDriver driver = UsbDriver::none;
  bool operator==(const UsbDevice&) const = default;
};

bool matches(const DeviceMatch& match, const UsbDevice& device);

std::string to_string(const UsbAddress& address);  // "1:7"

}  // namespace hotseat
