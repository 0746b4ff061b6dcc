// Who a monitor is, from its EDID (VESA E-EDID 1.4, base block).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>

namespace hotseat::wire {

// 7-bit I2C address of the EDID memory (VESA E-DDC).
inline constexpr std::uint8_t kEdidAddress = 0x50;
inline constexpr std::size_t kEdidSize = 128;

struct Edid {
  std::string manufacturer;         // PNP id, three letters; '?' for one that is none (3.4.1)
  std::uint16_t product = 0;        // 3.4.2
  std::uint32_t serial_number = 0;  // 3.4.3; 0 when the maker left it out
  std::string name;    // display product name, descriptor 0xFC (3.10.3.4); may be empty
  std::string serial;  // serial number as text, descriptor 0xFF; may be empty
  bool operator==(const Edid&) const = default;
};

enum class EdidFault { too_short, no_header, bad_checksum };

// The base block; extension blocks may follow and are ignored.
tl::expected<Edid, EdidFault> parse_edid(std::span<const std::uint8_t> bytes);

const char* to_string(EdidFault fault);

}  // namespace hotseat::wire
