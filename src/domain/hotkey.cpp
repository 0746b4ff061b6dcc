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

// The release chord works with other keys down too (HotkeyMatcher), and one that is pressed twice
// lets others go off at the first time.
bool releases_within(const Hotkey& one, const Hotkey& other) {
  return one.action == HotkeyAction::release && one.taps == 1 && contains(other.keys, one.keys);
}

bool begins(const Hotkey& one, const Hotkey& other) {
  return releases_within(one, other) || (is_immediate(one) && contains(other.keys, one.keys));
}

}  // namespace

bool collide(const Hotkey& one, const Hotkey& other) {
  return one.keys == other.keys || releases_within(one, other) || releases_within(other, one);
}

bool shadows(const Hotkey& one, const Hotkey& other) {
  return one.keys == other.keys || begins(one, other) || begins(other, one);
}

bool counts_in_chords(KeyCode code) {
  const bool button = code >= 0x100 && code < 0x160;       // BTN_MISC to BTN_GEAR_UP
  const bool of_gamepad = code >= 0x220 && code < 0x224;   // BTN_DPAD_UP to BTN_DPAD_RIGHT
  const bool of_joystick = code >= 0x2c0 && code < 0x2e8;  // BTN_TRIGGER_HAPPY1 to 40
  return !button && !of_gamepad && !of_joystick;
}

}  // namespace hotseat
