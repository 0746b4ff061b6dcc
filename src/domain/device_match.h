// Which device a [[device]] of the config means.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace hotseat {

struct UsbId {  // idVendor, idProduct; Bluetooth devices have such a pair too
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  auto operator<=>(const UsbId&) const = default;
};

// Everything given must match; at least one is given.
struct DeviceMatch {
  std::optional<UsbId> id;
  std::optional<std::string> serial;
  std::optional<std::string> port;          // sysfs name of the USB port path, "1-3.2"
  std::optional<std::string> by_id;         // file name under /dev/input/by-id
  std::optional<std::string> name = {};     // what the kernel calls it (EVIOCGNAME); evdev only
  std::optional<std::string> address = {};  // of a Bluetooth device (EVIOCGUNIQ); evdev only
  bool operator==(const DeviceMatch&) const = default;
};

std::string to_string(const UsbId& id);  // "046d:c31c"
std::optional<UsbId> parse_usb_id(const std::string& text);

}  // namespace hotseat
