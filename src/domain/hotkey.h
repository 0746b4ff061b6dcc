// Chords of keys, and what they do.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/name.h"

namespace hotseat {

using KeyCode = std::uint16_t;  // KEY_ of linux/input-event-codes.h

// Exactly these keys held, over all keyboards together. Sorted, no key twice, never empty.
using Chord = std::vector<KeyCode>;

enum class HotkeyAction {
  cycle,      // to the next target
  switch_to,  // to one target
  release,    // to the host, whatever hangs
};

struct Hotkey {
  HotkeyAction action = HotkeyAction::cycle;
  TargetName target;  // of switch_to
  Chord keys;
  std::chrono::milliseconds hold{0};      // how long the chord must be held
  int taps = 1;                           // 2: pressed twice, no other key in between
  std::chrono::milliseconds within{400};  // from the first tap to the second
  std::string from;                       // where it was set, for messages: "guest.win11.hotkey"
  bool operator==(const Hotkey&) const = default;
};

// Both cannot be had: they are the same keys, or one contains the release chord, which goes off
// with other keys down too.
bool collide(const Hotkey& one, const Hotkey& other);
// The two get in each other's way: they collide, or with one finger slower than another one would
// be set off by pressing the other.
bool shadows(const Hotkey& one, const Hotkey& other);

// linux/input-event-codes.h counts mouse and joystick buttons among the keys; a chord does not.
bool counts_in_chords(KeyCode code);

}  // namespace hotseat
