#include "domain/hotkey_matcher.h"

#include <algorithm>
#include <utility>

namespace hotseat {

HotkeyMatcher::HotkeyMatcher(std::vector<Hotkey> hotkeys)
    : hotkeys_(std::move(hotkeys)), tapped_(hotkeys_.size()) {}

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

// Two taps are one after the other: any other key in between, and the first does not count.
void HotkeyMatcher::forget_taps_without(KeyCode code) {
  for (std::size_t index = 0; index < hotkeys_.size(); ++index) {
    const Chord& keys = hotkeys_[index].keys;
    if (!std::binary_search(keys.begin(), keys.end(), code)) tapped_[index].reset();
  }
}

void HotkeyMatcher::join(KeyCode code) {
  if (counts_in_chords(code) && held_[code]++ == 0) ++distinct_;
}

HotkeyMatcher::Verdict HotkeyMatcher::press(KeyCode code, Instant now) {
  Verdict verdict;
  verdict.replay = std::exchange(withheld_, std::nullopt).has_value();
  if (!counts_in_chords(code)) return verdict;
  if (held_[code]++ > 0) return verdict;
  ++distinct_;
  forget_taps_without(code);
  for (std::size_t index = 0; index < hotkeys_.size(); ++index) {
    const Chord& keys = hotkeys_[index].keys;
    if (!std::binary_search(keys.begin(), keys.end(), code)) continue;
    if (!is_complete(hotkeys_[index])) continue;
    const Verdict completed = complete(index, now);
    verdict.swallow = completed.swallow;
    verdict.fired = completed.fired;
    return verdict;
  }
  return verdict;
}

HotkeyMatcher::Verdict HotkeyMatcher::complete(std::size_t index, Instant now) {
  const Hotkey& hotkey = hotkeys_[index];
  Verdict verdict;
  if (hotkey.hold.count() > 0) {
    withheld_ = Withheld{index, now + hotkey.hold};
    verdict.swallow = true;
    return verdict;
  }
  if (hotkey.taps > 1) {
    const auto first = std::exchange(tapped_[index], now);
    if (!first || now - *first > hotkey.within) return verdict;  // the first tap: it is delivered
    tapped_[index].reset();
  }
  verdict.swallow = true;
  verdict.fired = index;
  return verdict;
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

std::optional<HotkeyMatcher::Instant> HotkeyMatcher::deadline() const {
  if (!withheld_) return std::nullopt;
  return withheld_->fires;
}

}  // namespace hotseat
