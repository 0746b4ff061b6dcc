#include "domain/hotkey.h"

#include <algorithm>

namespace hotseat {

namespace {

// Goes off as soon as it is held: whatever longer begins with it is never reached.
bool is_immediate(const Hotkey& hotkey) {
  return hotkey.taps == 1 && hotkey.hold.count() == 0;
}

bool contains(const Chord& whole, const Chord& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

}  // namespace

bool shadows(const Hotkey& one, const Hotkey& other) {
  if (one.keys == other.keys) return true;
  return (is_immediate(one) && contains(other.keys, one.keys)) ||
         (is_immediate(other) && contains(one.keys, other.keys));
}

bool counts_in_chords(KeyCode code) {
  // BTN_MISC to BTN_GEAR_UP, and BTN_TRIGGER_HAPPY1 to 40.
  const bool button = (code >= 0x100 && code < 0x160) || (code >= 0x2c0 && code < 0x2e8);
  return !button;
}

}  // namespace hotseat
