#include "domain/usb.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace hotseat {

bool matches(const DeviceMatch& match, const UsbDevice& device) {
  if (match.name || match.address) return false;  // of input nodes, which come and go with drivers
  if (match.id && *match.id != device.id) return false;
  if (match.serial && *match.serial != device.serial) return false;
  if (match.port && *match.port != device.port) return false;
  if (match.by_id &&
      std::find(device.by_id.begin(), device.by_id.end(), *match.by_id) == device.by_id.end()) {
    return false;
  }
  return true;
}

std::string to_string(const UsbId& id) {
  std::array<char, 10> text{};
  std::snprintf(text.data(), text.size(), "%04x:%04x", id.vendor, id.product);
  return text.data();
}

std::string to_string(const UsbAddress& address) {
  return std::to_string(address.bus) + ":" + std::to_string(address.device);
}

namespace {
std::optional<std::uint16_t> parse_hex4(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  std::uint16_t value = 0;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, value, 16);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return value;
}
}  // namespace

std::optional<UsbId> parse_usb_id(const std::string& text) {
  if (text.size() != 9 || text[4] != ':') return std::nullopt;
  auto vendor = parse_hex4(std::string_view(text).substr(0, 4));
  auto product = parse_hex4(std::string_view(text).substr(5));
  if (!vendor || !product) return std::nullopt;
  return UsbId{*vendor, *product};
}

}  // namespace hotseat
