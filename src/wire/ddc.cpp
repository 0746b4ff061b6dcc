#include "wire/ddc.h"

#include <algorithm>

namespace hotseat::wire {

namespace {

constexpr std::uint8_t kDisplayWrite = 0x6e;  // kDdcAddress on the wire, also the display's name
constexpr std::uint8_t kVirtualHost = 0x50;   // starts the checksum of what a display sends (4.2)
constexpr std::uint8_t kLengthFlag = 0x80;    // set in every length byte

constexpr std::uint8_t kGetOpcode = 0x01;
constexpr std::uint8_t kReplyOpcode = 0x02;
constexpr std::uint8_t kSetOpcode = 0x03;

constexpr std::uint8_t kNoError = 0x00;
constexpr std::uint8_t kUnsupported = 0x01;

constexpr std::size_t kHeaderSize = 2;  // source, length
constexpr std::size_t kReplyPayload = kVcpReplySize - kHeaderSize - 1;

std::uint8_t checksum(std::uint8_t start, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) start ^= byte;
  return start;
}

template <std::size_t size>
std::array<std::uint8_t, size> sealed(std::array<std::uint8_t, size> message) {
  message.back() = checksum(kDisplayWrite, std::span(message).first(size - 1));
  return message;
}

constexpr std::uint8_t length_byte(std::size_t message_size) {
  return static_cast<std::uint8_t>(kLengthFlag | (message_size - kHeaderSize - 1));
}

std::uint16_t word(std::uint8_t high, std::uint8_t low) {
  return static_cast<std::uint16_t>(high << 8 | low);
}

bool nobody_answered(std::span<const std::uint8_t> bytes) {
  // An open bus reads as all ones, some drivers leave the buffer zeroed.
  return std::adjacent_find(bytes.begin(), bytes.end(), std::not_equal_to<>()) == bytes.end();
}

}  // namespace

SetVcp set_vcp(std::uint8_t feature, std::uint16_t value, std::uint8_t source_address) {
  return sealed(SetVcp{source_address, length_byte(kSetVcpSize), kSetOpcode, feature,
                       static_cast<std::uint8_t>(value >> 8),
                       static_cast<std::uint8_t>(value & 0xff), 0});
}

GetVcp get_vcp(std::uint8_t feature, std::uint8_t source_address) {
  return sealed(GetVcp{source_address, length_byte(kGetVcpSize), kGetOpcode, feature, 0});
}

tl::expected<VcpReply, ReplyFault> parse_vcp_reply(std::span<const std::uint8_t> bytes,
                                                   std::uint8_t feature) {
  using tl::make_unexpected;
  if (nobody_answered(bytes)) return make_unexpected(ReplyFault::silence);
  if (bytes.size() < kHeaderSize + 1) return make_unexpected(ReplyFault::truncated);
  if (bytes[0] != kDisplayWrite) return make_unexpected(ReplyFault::wrong_source);
  if ((bytes[1] & kLengthFlag) == 0) return make_unexpected(ReplyFault::wrong_length);

  const std::size_t payload = bytes[1] & 0x7fU;
  const std::size_t size = kHeaderSize + payload + 1;
  if (payload != 0 && payload != kReplyPayload) return make_unexpected(ReplyFault::wrong_length);
  if (bytes.size() < size) return make_unexpected(ReplyFault::truncated);
  if (checksum(kVirtualHost, bytes.first(size)) != 0) {
    return make_unexpected(ReplyFault::bad_checksum);
  }
  if (payload == 0) return make_unexpected(ReplyFault::null_message);  // DDC/CI 1.1, 6.4

  if (bytes[2] != kReplyOpcode) return make_unexpected(ReplyFault::wrong_opcode);
  if (bytes[4] != feature) return make_unexpected(ReplyFault::wrong_feature);
  if (bytes[3] == kUnsupported) return make_unexpected(ReplyFault::unsupported_feature);
  if (bytes[3] != kNoError) return make_unexpected(ReplyFault::bad_result);
  return VcpReply{feature, bytes[5] == 1, word(bytes[6], bytes[7]), word(bytes[8], bytes[9])};
}

const char* to_string(ReplyFault fault) {
  switch (fault) {
    case ReplyFault::silence:
      return "no answer";
    case ReplyFault::null_message:
      return "an empty answer";
    case ReplyFault::truncated:
      return "an answer cut short";
    case ReplyFault::wrong_source:
      return "an answer that no display sent";
    case ReplyFault::wrong_length:
      return "an answer of the wrong length";
    case ReplyFault::bad_checksum:
      return "an answer with a wrong checksum";
    case ReplyFault::wrong_opcode:
      return "an answer to something else";
    case ReplyFault::wrong_feature:
      return "an answer about another feature";
    case ReplyFault::unsupported_feature:
      return "\"unsupported feature\"";
    case ReplyFault::bad_result:
      return "an unknown result code";
  }
  return "?";
}

}  // namespace hotseat::wire
