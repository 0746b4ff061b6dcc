#include "wire/edid.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/words.h"

namespace hotseat::wire {

namespace {

constexpr std::array<std::uint8_t, 8> kHeader{0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00};

// Offsets in the base block (E-EDID 1.4, table 3.1).
constexpr std::size_t kManufacturer = 8;
constexpr std::size_t kProduct = 10;
constexpr std::size_t kSerialNumber = 12;
constexpr std::size_t kDescriptors = 54;
constexpr std::size_t kDescriptorSize = 18;
constexpr std::size_t kDescriptorCount = 4;
constexpr std::size_t kDescriptorText = 5;

constexpr std::uint8_t kNameTag = 0xfc;
constexpr std::uint8_t kSerialTag = 0xff;

char pnp_letter(unsigned code) {
  return code >= 1 && code <= 26 ? static_cast<char>('A' + code - 1) : '?';
}

std::string pnp_id(std::uint8_t high, std::uint8_t low) {
  const unsigned packed = static_cast<unsigned>(high << 8 | low);
  return {pnp_letter(packed >> 10 & 0x1f), pnp_letter(packed >> 5 & 0x1f),
          pnp_letter(packed & 0x1f)};
}

// Text ends at a line feed and is padded with spaces (3.10.3); makers also end it with NUL, pad it
// in front, or leave rubbish in it.
std::string text(std::span<const std::uint8_t> field) {
  std::string result;
  for (const std::uint8_t byte : field) {
    if (byte == '\n' || byte == 0) break;
    result += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '?';
  }
  return std::string(trimmed(result, " "));
}

void read_descriptor(std::span<const std::uint8_t> block, Edid& edid) {
  // A detailed timing starts with a pixel clock that is not 0 (3.10.2): no text in there.
  if (block[0] != 0 || block[1] != 0 || block[2] != 0) return;
  if (block[3] == kNameTag) edid.name = text(block.subspan(kDescriptorText));
  if (block[3] == kSerialTag) edid.serial = text(block.subspan(kDescriptorText));
}

}  // namespace

tl::expected<Edid, EdidFault> parse_edid(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kEdidSize) return tl::make_unexpected(EdidFault::too_short);
  const auto block = bytes.first(kEdidSize);
  if (!std::equal(kHeader.begin(), kHeader.end(), block.begin())) {
    return tl::make_unexpected(EdidFault::no_header);
  }
  if ((std::accumulate(block.begin(), block.end(), 0U) & 0xff) != 0) {
    return tl::make_unexpected(EdidFault::bad_checksum);
  }

  Edid edid;
  edid.manufacturer = pnp_id(block[kManufacturer], block[kManufacturer + 1]);
  edid.product = static_cast<std::uint16_t>(block[kProduct] | block[kProduct + 1] << 8);
  for (std::size_t byte = 4; byte-- > 0;) {
    edid.serial_number = edid.serial_number << 8 | block[kSerialNumber + byte];
  }
  for (std::size_t index = 0; index < kDescriptorCount; ++index) {
    read_descriptor(block.subspan(kDescriptors + index * kDescriptorSize, kDescriptorSize), edid);
  }
  return edid;
}

const char* to_string(EdidFault fault) {
  switch (fault) {
    case EdidFault::too_short:
      return "EDID is cut short";
    case EdidFault::no_header:
      return "no EDID there";
    case EdidFault::bad_checksum:
      return "EDID has a wrong checksum";
  }
  return "?";
}

}  // namespace hotseat::wire
