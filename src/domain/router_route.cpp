// The half of the Router that carries the seat from one target to the next.
#include <utility>

#include "domain/router.h"

namespace hotseat {

void Router::fire(std::size_t hotkey, Instant now) {
  const Hotkey& what = matcher_.hotkeys()[hotkey];
  take_back(what.keys);
  bool second = false;
  if (what.action == HotkeyAction::release) {
    second = released_ && now - *released_ <= kSecondPress;
    released_ = now;
    ++releases_;
    route(kHostSlot);
  } else if (hotkey < shortcuts_.size() && shortcuts_[hotkey]) {
    route(*shortcuts_[hotkey]);
  }
  output_.fired(hotkey, second);
}

// Keys of the chord that were delivered before it was one are released.
void Router::take_back(const Chord& keys) {
  for (SourceSlot slot = 0; slot < kMaxSources; ++slot) {
    if (!present_[slot]) continue;
    Source& source = *sources_[slot];
    for (const KeyCode code : keys) {
      if (!source.delivered[code]) continue;
      source.delivered.reset(code);
      put(codes::kKey, code, codes::kReleased);
    }
    if (count_ > 0) put({});
    flush(slot);
  }
}

void Router::route(TargetSlot target) {
  if (target == target_) return;
  for (SourceSlot slot = 0; slot < kMaxSources; ++slot) {
    if (present_[slot] && sources_[slot]->forwards) leave(slot, *sources_[slot]);
  }
  withheld_.reset();
  target_ = target;
  for (SourceSlot slot = 0; slot < kMaxSources; ++slot) {
    if (present_[slot] && sources_[slot]->forwards) enter(slot, *sources_[slot]);
  }
}

// Nothing stays pressed, touched or deflected where nobody can let go of it any more.
void Router::leave(SourceSlot slot, Source& source) {
  for (unsigned code = 0; source.delivered.any() && code < codes::kKeyCount; ++code) {
    if (!source.delivered[code]) continue;
    source.delivered.reset(code);
    put(codes::kKey, static_cast<std::uint16_t>(code), codes::kReleased);
  }
  end_contacts(source);
  for (unsigned code = 0; source.springs_back.any() && code < codes::kAbsCount; ++code) {
    if (!source.springs_back[code] || source.axis[code] == source.rest[code]) continue;
    put(codes::kAbs, static_cast<std::uint16_t>(code), source.rest[code]);
  }
  if (count_ > 0) put({});
  flush(slot);
}

void Router::end_contacts(Source& source) {
  for (std::int32_t contact = 0; source.contacts != 0; ++contact, source.contacts >>= 1U) {
    if ((source.contacts & 1U) == 0) continue;
    put(codes::kAbs, codes::kAbsMtSlot, contact);
    put(codes::kAbs, codes::kAbsMtTrackingId, -1);
  }
}

// The kernel tells of an axis only when it moves: one that moved elsewhere would be off for good.
// So it is with switches.
void Router::enter(SourceSlot slot, const Source& source) {
  if (source.has_axis.none() && source.has_switch.none()) return;
  for (unsigned code = 0; code < codes::kAbsCount; ++code) {
    if (!source.has_axis[code]) continue;
    put(codes::kAbs, static_cast<std::uint16_t>(code), source.axis[code]);
  }
  for (unsigned code = 0; code < codes::kSwCount; ++code) {
    if (!source.has_switch[code]) continue;
    put(codes::kSw, static_cast<std::uint16_t>(code), source.switched_on[code] ? 1 : 0);
  }
  put({});
  flush(slot);
}

void Router::exchange_hotkeys(HotkeyMatcher& matcher) {
  replay(kNoSource);
  matcher.take_over(matcher_);
  std::swap(matcher_, matcher);
  shortcuts_ = {};
}

}  // namespace hotseat
