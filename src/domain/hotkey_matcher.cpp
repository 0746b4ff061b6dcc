#include "domain/hotkey_matcher.h"

#include <algorithm>
#include <utility>

namespace hotseat {

HotkeyMatcher::HotkeyMatcher(std::vector<Hotkey> hotkeys)
    : hotkeys_(std::move(hotkeys)), tapped_(hotkeys_.size()) {
  for (std::size_t index = 0; index < hotkeys_.size(); ++index) {
    const Hotkey& hotkey = hotkeys_[index];
    for (const KeyCode code : hotkey.keys) in_chords_.set(code);
    if (hotkey.action == HotkeyAction::release && hotkey.taps > 1) tapped_release_ = index;
  }
}

void HotkeyMatcher::take_over(const HotkeyMatcher& earlier) {
  held_ = earlier.held_;
  distinct_ = earlier.distinct_;
}

// The release chord is the way out: it works with other keys down too, be it that one is stuck.
bool HotkeyMatcher::is_complete(const Hotkey& hotkey) const {
  if (hotkey.action != HotkeyAction::release && hotkey.keys.size() != distinct_) return false;
  return std::all_of(hotkey.keys.begin(), hotkey.keys.end(),
                     [this](KeyCode code) { return held_[code] > 0; });
}

// Two taps are one after the other: any other key or button in between (Ctrl and a click), and the
// first does not count.
void HotkeyMatcher::forget_taps_without(KeyCode code) {
  taps_pending_ = false;
  for (std::size_t index = 0; index < hotkeys_.size(); ++index) {
    const Chord& keys = hotkeys_[index].keys;
    if (!std::binary_search(keys.begin(), keys.end(), code)) tapped_[index].reset();
    taps_pending_ = taps_pending_ || tapped_[index];
  }
}

void HotkeyMatcher::join(KeyCode code) {
  if (counts_in_chords(code) && held_[code]++ == 0) ++distinct_;
}

HotkeyMatcher::Verdict HotkeyMatcher::press(KeyCode code, Instant now) {
  Verdict verdict;
  verdict.replay = std::exchange(withheld_, std::nullopt).has_value();
  if (taps_pending_) forget_taps_without(code);
  if (!counts_in_chords(code)) return verdict;
  if (held_[code]++ > 0) return verdict;
  ++distinct_;
  if (in_chords_[code]) look_for_chords(code, now, verdict);
  return verdict;
}

bool HotkeyMatcher::is_completed_by(KeyCode code, const Hotkey& hotkey) const {
  return is_complete(hotkey) && std::binary_search(hotkey.keys.begin(), hotkey.keys.end(), code);
}

// With other keys down the first tap of the release chord may make another chord complete, and the
// second goes before it: whatever key is stuck, there is a way out.
void HotkeyMatcher::look_for_chords(KeyCode code, Instant now, Verdict& verdict) {
  if (tapped_release_ && is_completed_by(code, hotkeys_[*tapped_release_])) {
    complete(*tapped_release_, now, verdict);
    if (verdict.fired) return;
  }
  for (std::size_t index = 0; index < hotkeys_.size(); ++index) {
    if (index == tapped_release_ || !is_completed_by(code, hotkeys_[index])) continue;
    return complete(index, now, verdict);
  }
}

void HotkeyMatcher::complete(std::size_t index, Instant now, Verdict& verdict) {
  const Hotkey& hotkey = hotkeys_[index];
  if (hotkey.hold.count() > 0) {
    withheld_ = Withheld{index, now + hotkey.hold};
    verdict.swallow = true;
    return;
  }
  if (hotkey.taps > 1) {
    const auto first = std::exchange(tapped_[index], now);
    taps_pending_ = true;
    if (!first || now - *first > hotkey.within) return;  // the first tap: it is delivered
    tapped_[index].reset();
  }
  verdict.swallow = true;
  verdict.fired = index;
}

HotkeyMatcher::Verdict HotkeyMatcher::release(KeyCode code) {
  Verdict verdict;
  if (!counts_in_chords(code) || held_[code] == 0) return verdict;
  if (--held_[code] > 0) return verdict;
  --distinct_;
  if (!withheld_) return verdict;
  const Chord& keys = hotkeys_[withheld_->hotkey].keys;
  if (!std::binary_search(keys.begin(), keys.end(), code)) return verdict;
  withheld_.reset();
  verdict.replay = true;
  return verdict;
}

std::optional<std::size_t> HotkeyMatcher::tick(Instant now) {
  if (!withheld_ || now < withheld_->fires) return std::nullopt;
  return std::exchange(withheld_, std::nullopt)->hotkey;
}

}  // namespace hotseat
