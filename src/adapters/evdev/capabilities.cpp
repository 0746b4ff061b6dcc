#include "adapters/evdev/capabilities.h"

#include <algorithm>
#include <sstream>

#include "adapters/evdev/sysfs.h"

namespace hotseat::adapters::evdev {

namespace {

namespace fs = std::filesystem;

// drivers/input/input.c: input_dev_caps_attr_group and input_dev_id_attr_group. EV_MSC and EV_REP
// are left out: a guest's clone has no EV_MSC, and every clone of a keyboard repeats.
constexpr std::array kCodes{"key", "rel", "abs", "sw", "led", "snd", "ff"};
constexpr std::array kIdentity{"id/vendor", "id/product", "id/version", "properties"};

// Words of hexadecimal digits, the lowest bits last.
Capabilities::Bits bits_in(const fs::path& file) {
  Capabilities::Bits words;
  std::istringstream line(line_in(file));
  for (std::uint64_t word = 0; line >> std::hex >> word;) words.push_back(word);
  std::reverse(words.begin(), words.end());
  return words;
}

bool has_all(const Capabilities::Bits& has, const Capabilities::Bits& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if ((wanted[i] & ~(i < has.size() ? has[i] : 0)) != 0) return false;
  }
  return true;
}

}  // namespace

bool Capabilities::covers(const Capabilities& other) const {
  return identity == other.identity &&
         std::equal(codes.begin(), codes.end(), other.codes.begin(), has_all);
}

std::optional<Capabilities> capabilities_in(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::exists(directory / "capabilities", ignored)) return std::nullopt;
  Capabilities found;
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    found.codes.at(i) = bits_in(directory / "capabilities" / kCodes.at(i));
  }
  for (std::size_t i = 0; i < kIdentity.size(); ++i) {
    found.identity.at(i) = line_in(directory / kIdentity.at(i));
  }
  return found;
}

std::optional<Capabilities> capabilities_of(const std::string& node) {
  return capabilities_in(fs::path("/sys/class/input") / fs::path(node).filename() / "device");
}

}  // namespace hotseat::adapters::evdev
