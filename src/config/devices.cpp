#include "config/devices.h"

#include <algorithm>
#include <string>
#include <utility>

#include "config/names.h"
#include "config/toml/words.h"

namespace hotseat::config {

namespace {

constexpr const char* kMatchExample = R"(match = { usb = "046d:c31c" })";
constexpr std::string_view kByIdDirectory = "/dev/input/by-id/";

std::optional<UsbId> read_usb_id(const Field& field) {
  const auto text = field.word();
  if (!text) return std::nullopt;
  auto id = parse_usb_id(*text);
  if (!id) {
    field.report("expected VENDOR:PRODUCT, four hexadecimal digits each, found " + in_quotes(*text),
                 "`lsusb` shows it after \"ID\", such as \"046d:c31c\"");
  }
  return id;
}

// BUS-PORT.PORT…, as the kernel names devices below /sys/bus/usb/devices
// (Documentation/ABI/stable/sysfs-bus-usb).
bool is_port_path(std::string_view text) {
  const auto skip_number = [&text] {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(digits);
    return digits > 0;
  };
  if (!skip_number() || !text.starts_with('-')) return false;
  do {
    text.remove_prefix(1);
    if (!skip_number()) return false;
  } while (text.starts_with('.'));
  return text.empty();
}

std::optional<std::string> read_port(const Field& field) {
  auto port = field.word();
  if (port && !is_port_path(*port)) {
    field.report("expected a port path such as \"1-3.2\", found " + in_quotes(*port),
                 "`ls /sys/bus/usb/devices` lists them");
  }
  return port;
}

std::optional<std::string> read_by_id(const Field& field) {
  auto name = field.word();
  if (name && name->find('/') != std::string::npos) {
    std::string hint = "`ls /dev/input/by-id` lists them";
    if (name->starts_with(kByIdDirectory))
      hint = "write " + in_quotes(name->substr(kByIdDirectory.size()));
    field.report("expected a name without its directory, found " + in_quotes(*name), hint);
  }
  return name;
}

// As the kernel writes it: six pairs of lower-case hexadecimal digits.
std::optional<std::string> read_address(const Field& field) {
  auto address = field.word();
  if (!address) return std::nullopt;
  for (char& letter : *address) {
    if (letter >= 'A' && letter <= 'F') letter = static_cast<char>(letter - 'A' + 'a');
  }
  const auto fits = [&](std::size_t at) {
    const char letter = (*address)[at];
    if (at % 3 == 2) return letter == ':';
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
  };
  bool valid = address->size() == 17;
  for (std::size_t at = 0; valid && at < address->size(); ++at) valid = fits(at);
  if (!valid) {
    field.report(
        "expected a Bluetooth address such as \"d0:5f:64:01:02:03\", found " + in_quotes(*address),
        "`bluetoothctl devices` shows them");
  }
  return address;
}

DeviceMatch read_match(const Field& field) {
  DeviceMatch match;
  const auto section =
      Section::open(field, kMatchExample, {"usb", "serial", "port", "by_id", "name", "address"});
  if (!section) return match;
  if (section->empty())
    field.report("matches nothing", std::string("give one key at least: ") + kMatchExample);
  if (const auto usb = section->find("usb")) match.id = read_usb_id(*usb);
  if (const auto serial = section->find("serial")) match.serial = serial->word();
  if (const auto port = section->find("port")) match.port = read_port(*port);
  if (const auto by_id = section->find("by_id")) match.by_id = read_by_id(*by_id);
  if (const auto name = section->find("name")) match.name = name->word();
  if (const auto address = section->find("address")) match.address = read_address(*address);
  return match;
}

Transport read_transport(const Field& field) {
  const auto value = field.is_text() ? field.text() : std::nullopt;
  if (value == "evdev") return Transport::evdev;
  if (value != "usb") {
    field.mismatch("\"usb\" or \"evdev\"",
                   "\"usb\" hands the whole device to the guest, \"evdev\" forwards its events");
  }
  return Transport::usb;
}

// libvirt can hot-plug what the USB bus knows, and that has no such name or address.
void check_transport(const Section& section, const DeviceSpec& device) {
  if (device.transport == Transport::evdev || !(device.match.name || device.match.address)) return;
  section.find("match")->report(
      "name and address are for transport = \"evdev\"",
      "match by usb, serial, port or by_id, or add transport = \"evdev\"");
}

DeviceSpec read_device(const Section& section, FirstUse& names) {
  DeviceSpec device;
  device.name = DeviceName{read_unique_name(section, kDeviceNamePunctuation, names)};
  if (const auto match = section.require("match", std::string("add ") + kMatchExample)) {
    device.match = read_match(*match);
  }
  if (const auto transport = section.find("transport")) {
    device.transport = read_transport(*transport);
  }
  check_transport(section, device);
  if (const auto optional = section.find("optional")) {
    device.optional = optional->flag().value_or(false);
  }
  return device;
}

// Two devices that match the same could never be told apart.
void check_twin(const Section& section, const DeviceSpec& device,
                const std::vector<DeviceSpec>& others) {
  if (device.match == DeviceMatch{}) return;
  for (const DeviceSpec& other : others) {
    if (other.match != device.match) continue;
    section.find("match")->report("matches the same as the device " + in_quotes(other.name.str()),
                                  "tell twins apart by serial or port");
    return;
  }
}

}  // namespace

std::vector<DeviceSpec> read_devices(const std::optional<Field>& field) {
  std::vector<DeviceSpec> devices;
  const auto items = field ? field->items("[[device]]") : std::nullopt;
  if (!items) return devices;
  FirstUse names;
  for (const Field& item : *items) {
    const auto section =
        Section::open(item, "[[device]]", {"name", "match", "transport", "optional"});
    if (!section) continue;
    DeviceSpec device = read_device(*section, names);
    check_twin(*section, device, devices);
    devices.push_back(std::move(device));
  }
  return devices;
}

}  // namespace hotseat::config
