#include "domain/held_keys.h"

#include <algorithm>
#include <array>

namespace hotseat {

namespace {

struct Range {
  KeyCode first;
  KeyCode last;
};

// linux/input-event-codes.h
constexpr std::array kMayStayDown{
    Range{0x100, 0x10f},  // BTN_MISC: BTN_0 to BTN_9
    Range{0x118, 0x11f},  // behind BTN_TASK, the last of a mouse's: without names
    Range{0x120, 0x13f},  // BTN_JOYSTICK, BTN_GAMEPAD
    Range{0x150, 0x15f},  // BTN_WHEEL: BTN_GEAR_DOWN, BTN_GEAR_UP
    Range{0x220, 0x223},  // BTN_DPAD_UP to BTN_DPAD_RIGHT
    Range{0x2c0, 0x2e7},  // BTN_TRIGGER_HAPPY1 to 40
};

}  // namespace

bool must_be_let_go(KeyCode code) {
  return std::none_of(kMayStayDown.begin(), kMayStayDown.end(), [code](const Range& range) {
    return code >= range.first && code <= range.last;
  });
}

bool any_must_be_let_go(const std::bitset<codes::kKeyCount>& down) {
  if (down.none()) return false;
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (down[code] && must_be_let_go(static_cast<KeyCode>(code))) return true;
  }
  return false;
}

}  // namespace hotseat
