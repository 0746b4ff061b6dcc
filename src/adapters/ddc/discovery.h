// Which I2C buses lead to displays, as sysfs tells. Sends nothing over any bus.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "wire/edid.h"

namespace hotseat::adapters {

// Where the kernel's trees are; a test gives trees of its own.
struct DdcPaths {
  std::filesystem::path dev_dir = "/dev";
  std::filesystem::path sys_i2c = "/sys/bus/i2c/devices";
  std::filesystem::path sys_drm = "/sys/class/drm";
};

// Other buses must never be written to. On an SMBus the memory modules' SPD EEPROMs sit at
// 0x50-0x57, and 0x30-0x37 select their page or write-protect them (JEDEC EE1002, EE1004): what is
// a harmless question to a display at 0x37 can make a memory module unbootable. Graphics cards have
// such buses too (AMD's SMU bus holds an EEPROM at 0x50).
enum class BusKind {
  display,  // belongs to a graphics card or a connector
  unsure,   // of no known device: used only when the config names its number
  other,
};

struct FoundBus {
  int number = 0;
  std::string device;  // sysfs directory of the adapter: the same number may come back as another
  std::uint64_t directory = 0;  // its inode: the same directory may, too
  std::string name;             // "i915 gmbus dpb"
  std::string connector;        // "card0-DP-1", empty when the kernel does not say
  BusKind kind = BusKind::other;
  // From the connector, when it can only be reached by this bus: then no bus traffic is needed.
  std::optional<wire::Edid> edid;
  bool operator==(const FoundBus&) const = default;
};

// Display buses and unsure ones, by number. May block while the kernel probes connectors.
std::vector<FoundBus> find_buses(const DdcPaths& paths);

}  // namespace hotseat::adapters
