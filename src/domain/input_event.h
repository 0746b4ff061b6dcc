// One event of an input device, laid out as the kernel's struct input_event on 64-bit machines, so
// that what is read from a node is routed and written without being copied.
#pragma once

#include <cstdint>

namespace hotseat {

struct InputEvent {
  std::int64_t seconds = 0;  // CLOCK_MONOTONIC, when the device said so
  std::int64_t microseconds = 0;
  std::uint16_t type = 0;  // EV_
  std::uint16_t code = 0;
  std::int32_t value = 0;
  bool operator==(const InputEvent&) const = default;
};

// The few of linux/input-event-codes.h that routing knows by name. Everything else just passes.
namespace codes {
inline constexpr std::uint16_t kSyn = 0x00;  // EV_SYN and so on
inline constexpr std::uint16_t kKey = 0x01;
inline constexpr std::uint16_t kAbs = 0x03;
inline constexpr std::uint16_t kMsc = 0x04;
inline constexpr std::uint16_t kSw = 0x05;
inline constexpr std::uint16_t kLed = 0x11;  // from here on: what is sent to devices
inline constexpr std::uint16_t kSynReport = 0;
inline constexpr std::uint16_t kSynDropped = 3;
inline constexpr std::uint16_t kMscScan = 4;
inline constexpr std::uint16_t kAbsMtSlot = 0x2f;
inline constexpr std::uint16_t kAbsMtTrackingId = 0x39;
inline constexpr unsigned kKeyCount = 0x300;  // KEY_CNT
inline constexpr unsigned kAbsCount = 0x40;   // ABS_CNT
inline constexpr unsigned kSwCount = 0x11;    // SW_CNT
inline constexpr std::int32_t kReleased = 0;
inline constexpr std::int32_t kPressed = 1;
inline constexpr std::int32_t kRepeated = 2;
}  // namespace codes

}  // namespace hotseat
