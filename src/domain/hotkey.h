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

// The two get in each other's way: pressing one would set off the other, or both.
bool shadows(const Hotkey& one, const Hotkey& other);

// linux/input-event-codes.h counts mouse and joystick buttons among the keys; a chord does not.
bool counts_in_chords(KeyCode code);

}  // namespace hotseat
