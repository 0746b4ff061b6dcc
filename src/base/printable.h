// Text from outside (device names, program output, libvirt messages) made safe for a terminal or a
// log line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace hotseat {

namespace printable_detail {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0;  // 0: not valid UTF-8 here
};

// RFC 3629, section 3; over-long forms and surrogates are not valid.
inline CodePoint decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
  std::uint32_t value = lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {};
    value = value << 6 | (next & 0x3fU);
  }
  constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  if (value < smallest[bytes] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    return {};
  return {value, bytes};
}

// C0, DEL and C1; line and paragraph separators; what turns the direction of writing (Unicode
// Bidi_Control), which can make a line read as something else than it says.
inline bool is_harmless(std::uint32_t code) {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return false;
  if (code == 0x061c || code == 0x200e || code == 0x200f) return false;
  return !(code >= 0x2028 && code <= 0x202e) && !(code >= 0x2066 && code <= 0x2069);
}

}  // namespace printable_detail

// Every byte that could move the cursor, colour, end the line or is not UTF-8 becomes \xNN.
// Printable text, any language, stays as it is (a backslash too), so doing it twice changes
// nothing.
inline std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto code = printable_detail::decode(text);
    const std::size_t bytes = code.bytes == 0 ? 1 : code.bytes;
    if (code.bytes != 0 && printable_detail::is_harmless(code.value)) {
      result += text.substr(0, bytes);
    } else {
      for (char byte : text.substr(0, bytes)) {
        std::array<char, 5> escaped{};
        std::snprintf(escaped.data(), escaped.size(), "\\x%02x", static_cast<unsigned char>(byte));
        result += escaped.data();
      }
    }
    text.remove_prefix(bytes);
  }
  return result;
}

inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto code = printable_detail::decode(text);
    if (code.bytes == 0) return false;
    text.remove_prefix(code.bytes);
  }
  return true;
}

}  // namespace hotseat
