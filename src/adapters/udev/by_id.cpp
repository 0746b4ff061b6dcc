#include "adapters/udev/by_id.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "adapters/udev/interface_class.h"

namespace hotseat::adapters {

namespace {

constexpr std::string_view kById = "/dev/input/by-id/";

// .INPUT_CLASS in udev's 60-persistent-input.rules.
std::vector<std::string> input_classes(const UsbInterface& interface) {
  if (is_xbox_gamepad(interface)) return {"joystick"};
  if (!is_hid(interface)) return {};
  if (is_boot_keyboard(interface)) return {"kbd"};
  if (is_boot_mouse(interface)) return {"mouse"};
  return {"kbd", "mouse", "joystick"};
}

bool is_port_name(std::string_view name) {
  const auto dash = name.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == name.size()) return false;
  auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  auto is_digit_or_dot = [&](unsigned char c) { return c == '.' || is_digit(c); };
  return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(dash), is_digit) &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dash) + 1, name.end(),
                     is_digit_or_dot);
}

}  // namespace

std::optional<std::string> by_id_name(std::string_view devlink) {
  if (!devlink.starts_with(kById)) return std::nullopt;
  return std::string(devlink.substr(kById.size()));
}

std::vector<std::string> by_id_names(sd_device* device) {
  std::vector<std::string> names;
  for (const char* link = sd_device_get_devlink_first(device); link != nullptr;
       link = sd_device_get_devlink_next(device)) {
    if (auto name = by_id_name(link)) names.push_back(*std::move(name));
  }
  return names;
}

std::vector<std::string> likely_by_id_names(const UsbNode& node, const std::string& serial_id) {
  std::vector<std::string> names;
  if (serial_id.empty()) return names;
  const std::string device = "usb-" + serial_id;
  for (const auto& interface : node.interfaces) {
    const std::string prefix =
        interface.number == "00" ? device : device + "-if" + interface.number;
    const auto classes = input_classes(interface);
    for (const auto& input_class : classes) {
      names.emplace_back(prefix).append("-event-").append(input_class);
      // The older mouseN and jsN nodes have links of their own; there is none for keyboards.
      if (input_class != "kbd") names.emplace_back(prefix).append("-").append(input_class);
    }
    // Nodes of no class (consumer keys, say) are told apart by their interface.
    if (!classes.empty()) names.push_back(device + "-event-if" + interface.number);
  }
  return names;
}

std::string port_in(std::string_view devpath) {
  while (!devpath.empty()) {
    const auto slash = devpath.rfind('/');
    const auto name = slash == std::string_view::npos ? devpath : devpath.substr(slash + 1);
    if (is_port_name(name)) return std::string(name);
    devpath = devpath.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return {};
}

}  // namespace hotseat::adapters
