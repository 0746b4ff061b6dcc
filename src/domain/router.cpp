#include "domain/router.h"

#include <algorithm>
#include <utility>

namespace hotseat {

namespace {

// Events of one read are at most this many; room for a release of every key besides.
constexpr std::size_t kMostEvents = 4096;

// A repeat is made by the clone's own kernel code, and what is sent to a device is not sent on.
bool passes(const InputEvent& event) {
  return event.type < codes::kLed;
}

}  // namespace

Router::Router(Output& output)
    : output_(output),
      matcher_(std::make_unique<HotkeyMatcher>(std::vector<Hotkey>{})),
      out_(kMostEvents + 2 * codes::kKeyCount) {}

void Router::add_source(SourceSlot slot, const DeviceState& state) {
  sources_[slot] = std::make_unique<Source>();
  Source& source = *sources_[slot];
  source.down = state.down;
  source.has_axis = state.has_axis;
  source.springs_back = state.springs_back;
  source.axis = state.axis;
  source.rest = state.axis;
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (state.down[code]) matcher_->join(static_cast<KeyCode>(code));
  }
}

void Router::remove_source(SourceSlot slot) {
  set_forwarding(slot, false);
  Source& source = *sources_[slot];
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (source.down[code]) matcher_->release(static_cast<KeyCode>(code));
  }
  if (withheld_ && withheld_->source == slot) withheld_.reset();
  sources_[slot].reset();
}

void Router::set_forwarding(SourceSlot slot, bool forwards) {
  Source& source = *sources_[slot];
  if (source.forwards && !forwards) leave(slot, source);
  source.forwards = forwards;
}

bool Router::any_key_down(SourceSlot slot) const {
  return sources_[slot]->down.any();
}

// Nothing to keep a ledger of, and nothing to leave out: most frames of a mouse are like this.
bool Router::is_plain(std::span<const InputEvent> events, const Source& source) {
  if (source.dropping || !source.forwards) return false;
  return std::all_of(events.begin(), events.end(), [](const InputEvent& event) {
    if (event.type == codes::kSyn) return event.code == codes::kSynReport;
    return event.type != codes::kKey && event.type != codes::kAbs && event.type < codes::kLed;
  });
}

void Router::feed(SourceSlot slot, std::span<const InputEvent> events, Instant now) {
  Source& source = *sources_[slot];
  if (is_plain(events, source)) {
    output_.write(slot, target_, events);
    return;
  }
  for (const InputEvent& event : events) take(slot, source, event, now);
  flush(slot);
}

void Router::take(SourceSlot slot, Source& source, const InputEvent& event, Instant now) {
  if (event.type == codes::kSyn) {
    if (event.code == codes::kSynReport) return end_frame(slot, source, event, now);
    if (event.code == codes::kSynDropped) {
      count_ = frame_;
      source.dropping = true;
      return;
    }
  }
  if (source.dropping) return;
  if (event.type == codes::kKey) return take_key(slot, source, event, now);
  if (event.type == codes::kAbs) take_axis(source, event);
  if (source.forwards && passes(event)) put(event);
}

void Router::take_key(SourceSlot slot, Source& source, const InputEvent& event, Instant now) {
  if (event.value == codes::kRepeated || event.code >= codes::kKeyCount) return drop_scan_code();
  if (event.value == codes::kReleased) return release(source, event);
  if (source.down[event.code]) return;
  press(slot, source, event, now);
}

void Router::press(SourceSlot slot, Source& source, const InputEvent& event, Instant now) {
  source.down.set(event.code);
  const auto verdict = matcher_->press(event.code, now);
  if (verdict.replay) replay();
  if (verdict.fired) fired_ = verdict.fired;
  if (verdict.swallow) {
    if (!verdict.fired && source.forwards) withheld_ = Withheld{slot, event.code};
    return drop_scan_code();
  }
  if (!source.forwards) return;
  source.delivered.set(event.code);
  put(event);
}

void Router::release(Source& source, const InputEvent& event) {
  if (!source.down[event.code]) return drop_scan_code();
  source.down.reset(event.code);
  if (matcher_->release(event.code).replay) replay();
  if (!source.delivered[event.code]) return drop_scan_code();
  source.delivered.reset(event.code);
  put(event);
}

// The chord was not held for long enough: its last key was an ordinary one after all. It is written
// at once, as a frame of its own, since it may be another keyboard's.
void Router::replay() {
  const auto key = std::exchange(withheld_, std::nullopt);
  if (!key || !sources_[key->source]) return;
  Source& source = *sources_[key->source];
  if (!source.forwards) return;
  source.delivered.set(key->code);
  const std::array<InputEvent, 2> frame{InputEvent{0, 0, codes::kKey, key->code, codes::kPressed},
                                        InputEvent{}};
  output_.write(key->source, target_, frame);
}

// A scan code says which key it was, also of one that goes nowhere.
void Router::drop_scan_code() {
  if (count_ == frame_) return;
  const InputEvent& last = out_[count_ - 1];
  if (last.type == codes::kMsc && last.code == codes::kMscScan) --count_;
}

void Router::take_axis(Source& source, const InputEvent& event) {
  if (event.code >= codes::kAbsCount) return;
  if (event.code == codes::kAbsMtSlot) {
    source.contact_slot = static_cast<unsigned>(event.value) % 64;
  } else if (event.code == codes::kAbsMtTrackingId) {
    const std::uint64_t bit = std::uint64_t{1} << source.contact_slot;
    source.contacts = event.value < 0 ? source.contacts & ~bit : source.contacts | bit;
  } else if (source.has_axis[event.code]) {
    source.axis[event.code] = event.value;
  }
}

void Router::end_frame(SourceSlot slot, Source& source, const InputEvent& event, Instant now) {
  if (std::exchange(source.dropping, false)) {
    resync(slot, source, event, now);
  } else if (count_ > frame_) {
    put(event);
  }
  frame_ = count_;
  if (!fired_) return;
  flush(slot);
  fire(*std::exchange(fired_, std::nullopt), now);
}

// What has changed while events were lost, as events.
void Router::resync(SourceSlot slot, Source& source, const InputEvent& event, Instant now) {
  DeviceState state;
  output_.ask_state(slot, state);
  InputEvent change = event;
  change.type = codes::kKey;
  const KeySet changed = source.down ^ state.down;
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (!changed[code]) continue;
    change.code = static_cast<std::uint16_t>(code);
    change.value = state.down[code] ? codes::kPressed : codes::kReleased;
    take_key(slot, source, change, now);
  }
  change.type = codes::kAbs;
  for (unsigned code = 0; code < codes::kAbsCount; ++code) {
    if (!state.has_axis[code] || state.axis[code] == source.axis[code]) continue;
    change.code = static_cast<std::uint16_t>(code);
    change.value = source.axis[code] = state.axis[code];
    if (source.forwards) put(change);
  }
  if (count_ > frame_) put(event);
}

void Router::tick(Instant now) {
  const auto hotkey = matcher_->tick(now);
  if (!hotkey) return;
  withheld_.reset();
  fire(*hotkey, now);
}

void Router::fire(std::size_t hotkey, Instant now) {
  const Hotkey& what = matcher_->hotkeys()[hotkey];
  take_back(what.keys);
  bool second = false;
  if (what.action == HotkeyAction::release) {
    second = released_ && now - *released_ <= kSecondPress;
    released_ = now;
    route(kHostSlot);
  }
  output_.fired(hotkey, second);
}

// Keys of the chord that were delivered before it was one are released.
void Router::take_back(const Chord& keys) {
  for (SourceSlot slot = 0; slot < kMaxSources; ++slot) {
    if (!sources_[slot]) continue;
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
    if (sources_[slot] && sources_[slot]->forwards) leave(slot, *sources_[slot]);
  }
  withheld_.reset();
  target_ = target;
  for (SourceSlot slot = 0; slot < kMaxSources; ++slot) {
    if (sources_[slot] && sources_[slot]->forwards) enter(slot, *sources_[slot]);
  }
}

// Nothing stays pressed, touched or deflected where nobody can let go of it any more.
void Router::leave(SourceSlot slot, Source& source) {
  if (source.delivered.any()) {
    for (unsigned code = 0; code < codes::kKeyCount; ++code) {
      if (source.delivered[code]) {
        put(codes::kKey, static_cast<std::uint16_t>(code), codes::kReleased);
      }
    }
    source.delivered.reset();
  }
  for (unsigned contact = 0; source.contacts != 0 && contact < 64; ++contact) {
    if ((source.contacts >> contact & 1) == 0) continue;
    put(codes::kAbs, codes::kAbsMtSlot, static_cast<std::int32_t>(contact));
    put(codes::kAbs, codes::kAbsMtTrackingId, -1);
  }
  source.contacts = 0;
  for (unsigned code = 0; source.springs_back.any() && code < codes::kAbsCount; ++code) {
    if (!source.springs_back[code] || source.axis[code] == source.rest[code]) continue;
    put(codes::kAbs, static_cast<std::uint16_t>(code), source.rest[code]);
  }
  if (count_ > 0) put({});
  flush(slot);
}

// The kernel tells of an axis only when it moves: one that moved elsewhere would be off for good.
void Router::enter(SourceSlot slot, const Source& source) {
  if (source.has_axis.none()) return;
  for (unsigned code = 0; code < codes::kAbsCount; ++code) {
    if (source.has_axis[code]) {
      put(codes::kAbs, static_cast<std::uint16_t>(code), source.axis[code]);
    }
  }
  put({});
  flush(slot);
}

void Router::exchange_hotkeys(std::unique_ptr<HotkeyMatcher>& matcher) {
  matcher->take_over(*matcher_);
  withheld_.reset();
  fired_.reset();
  std::swap(matcher_, matcher);
}

void Router::put(std::uint16_t type, std::uint16_t code, std::int32_t value) {
  put(InputEvent{0, 0, type, code, value});
}

void Router::flush(SourceSlot slot) {
  if (count_ > 0) {
    output_.write(slot, target_, std::span<const InputEvent>(out_.data(), count_));
  }
  count_ = 0;
  frame_ = 0;
}

}  // namespace hotseat
