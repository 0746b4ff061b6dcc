// Finds chords in the keys that go down and up on all keyboards of the seat together.
#pragma once

#include <array>
#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/hotkey.h"
#include "domain/input_event.h"

namespace hotseat {

// Pure: time comes in as a value. Allocates in the constructor only.
class HotkeyMatcher {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  struct Verdict {
    bool swallow = false;              // this press goes nowhere
    std::optional<std::size_t> fired;  // index of the hotkey that went off
    bool replay = false;               // the key withheld before is to be delivered first
  };

  explicit HotkeyMatcher(std::vector<Hotkey> hotkeys);

  // A key is down already, on a keyboard that has just joined.
  void join(KeyCode code);
  // A key of some keyboard went down or up. A key held on two keyboards is held until both let go.
  [[gnu::hot]] Verdict press(KeyCode code, Instant now);
  // `replay`: the withheld key is delivered before this release is.
  [[gnu::hot]] Verdict release(KeyCode code);
  // A chord that has been held for as long as it must goes off.
  std::optional<std::size_t> tick(Instant now);
  // When tick() has something to do.
  std::optional<Instant> deadline() const {
    return withheld_ ? std::optional(withheld_->fires) : std::nullopt;
  }

  const std::vector<Hotkey>& hotkeys() const { return hotkeys_; }
  bool is_held(KeyCode code) const { return held_[code] > 0; }
  // Takes over what is held from another matcher, for when the hotkeys change.
  void take_over(const HotkeyMatcher& earlier);

 private:
  struct Withheld {
    std::size_t hotkey;
    Instant fires;
  };

  bool is_complete(const Hotkey& hotkey) const;
  void look_for_chords(KeyCode code, Instant now, Verdict& verdict);
  bool is_completed_by(KeyCode code, const Hotkey& hotkey) const;
  void complete(std::size_t index, Instant now, Verdict& verdict);
  void forget_taps_without(KeyCode code);

  std::vector<Hotkey> hotkeys_;
  std::bitset<codes::kKeyCount> in_chords_;     // keys of any hotkey: most keys are of none
  std::optional<std::size_t> tapped_release_;   // the release chord, if it is pressed twice
  std::vector<std::optional<Instant>> tapped_;  // by hotkey: when its first tap was
  bool taps_pending_ = false;                   // any of them is
  std::optional<Withheld> withheld_;
  std::array<std::uint8_t, codes::kKeyCount> held_{};  // on how many keyboards
  std::size_t distinct_ = 0;
};

}  // namespace hotseat
