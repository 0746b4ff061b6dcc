#include "domain/held_keys.h"

namespace hotseat {

// linux/input-event-codes.h
bool must_be_let_go(KeyCode code) {
  const bool of_mouse = code >= 0x110 && code < 0x118;         // BTN_LEFT to BTN_TASK
  const bool of_touch_or_pen = code >= 0x140 && code < 0x150;  // BTN_DIGI
  return of_mouse || of_touch_or_pen || counts_in_chords(code);
}

bool any_must_be_let_go(const std::bitset<codes::kKeyCount>& down) {
  if (down.none()) return false;
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (down[code] && must_be_let_go(static_cast<KeyCode>(code))) return true;
  }
  return false;
}

}  // namespace hotseat
