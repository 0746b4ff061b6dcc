// DDC/CI messages as bytes (VESA DDC/CI 1.1; message layout in section 4, VCP in 4.3 and 4.4).
//
// Pure: no I/O, no clock. The I2C address byte is not part of a message (i2c-dev sends it), but it
// counts for the checksum.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tl/expected.hpp>

namespace hotseat::wire {

// 7-bit I2C address of the display; on the wire 0x6e to write and 0x6f to read.
inline constexpr std::uint8_t kDdcAddress = 0x37;
// What the host calls itself. Some LG monitors listen for another one beside it (see quirks).
inline constexpr std::uint8_t kHostAddress = 0x51;

// How long the host keeps quiet, so that the display can digest what it got.
inline constexpr std::chrono::milliseconds kGetToReply{40};    // DDC/CI 1.1, 4.3
inline constexpr std::chrono::milliseconds kAfterMessage{50};  // DDC/CI 1.1, 4.4

inline constexpr std::size_t kSetVcpSize = 7;
inline constexpr std::size_t kGetVcpSize = 5;
inline constexpr std::size_t kVcpReplySize = 11;

using SetVcp = std::array<std::uint8_t, kSetVcpSize>;
using GetVcp = std::array<std::uint8_t, kGetVcpSize>;

// Set VCP Feature: no reply follows; the acknowledge bits of the bus are all there is.
SetVcp set_vcp(std::uint8_t feature, std::uint16_t value,
               std::uint8_t source_address = kHostAddress);

// Get VCP Feature: the reply is read kGetToReply later.
GetVcp get_vcp(std::uint8_t feature, std::uint8_t source_address = kHostAddress);

struct VcpReply {
  std::uint8_t feature = 0;
  bool momentary = false;  // VCP type code 1: the value moves by itself
  std::uint16_t maximum = 0;
  std::uint16_t current = 0;
  bool operator==(const VcpReply&) const = default;
};

enum class ReplyFault {
  silence,       // nothing but one repeated byte: nobody drove the bus
  null_message,  // "no answer to give": not ready, or (some monitors) feature not known
  truncated,     // fewer bytes than its length byte says
  wrong_source,  // not from a display
  wrong_length,  // not the length of a VCP reply
  bad_checksum,
  wrong_opcode,         // some other reply
  wrong_feature,        // the answer to an earlier question
  unsupported_feature,  // the monitor says it does not know this feature
  bad_result,           // neither "no error" nor "unsupported"
};

// Takes at least kVcpReplySize bytes as read from kDdcAddress; what follows the message is ignored.
tl::expected<VcpReply, ReplyFault> parse_vcp_reply(std::span<const std::uint8_t> bytes,
                                                   std::uint8_t feature);

const char* to_string(ReplyFault fault);

}  // namespace hotseat::wire
