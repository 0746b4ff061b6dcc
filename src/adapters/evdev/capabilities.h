// What an input device can say and who it is, as sysfs shows it: to open an evdev node for it would
// cost a grace period of the kernel when it is closed.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hotseat::adapters::evdev {

struct Capabilities {
  using Bits = std::vector<std::uint64_t>;  // the lowest first
  std::array<Bits, 7> codes;                // of keys, axes, switches, LEDs, sounds, effects
  std::array<std::string, 4> identity;      // vendor, product, version, properties

  // Everything that the other can say, this can; and they are of one kind.
  bool covers(const Capabilities& other) const;
};

// `directory` is an input device's ("/sys/devices/…/input5"). Nothing when there is none.
std::optional<Capabilities> capabilities_in(const std::filesystem::path& directory);

// Of the device behind "/dev/input/event5".
std::optional<Capabilities> capabilities_of(const std::string& node);

}  // namespace hotseat::adapters::evdev
