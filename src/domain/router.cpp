#include "domain/router.h"

#include <algorithm>
#include <utility>

namespace hotseat {

namespace {

// Every event may make two (a key that was withheld, with a frame of its own); then every key may
// have to be released, and every axis and switch be brought up to date.
constexpr std::size_t kMostWritten = 2 * Router::kMostEvents + codes::kKeyCount +
                                     std::size_t{4} * codes::kAbsCount + codes::kSwCount;

// What may be left out of a frame, or say more than it seems to.
constexpr unsigned kKeyBit = 1U << codes::kKey;
constexpr unsigned kAbsBit = 1U << codes::kAbs;
constexpr unsigned kSwBit = 1U << codes::kSw;
constexpr unsigned kOtherBit = 1U << 31U;

unsigned bit_of(const InputEvent& event) {
  if (event.type >= codes::kLed) return kOtherBit;
  if (event.type == codes::kSyn && event.code != codes::kSynReport) return kOtherBit;
  return 1U << event.type;
}

// Keys and switches, and scan codes, which go with keys.
bool is_in_state(const InputEvent& event) {
  return event.type == codes::kKey || event.type == codes::kSw ||
         (event.type == codes::kMsc && event.code == codes::kMscScan);
}

Router::Instant time_of(const InputEvent& event) {
  return Router::Instant{std::chrono::seconds(event.seconds) +
                         std::chrono::microseconds(event.microseconds)};
}

}  // namespace

Router::Router(Output& output) : output_(output), out_(kMostWritten) {
  for (auto& source : sources_) source = std::make_unique<Source>();
}

void Router::add_source(SourceSlot slot, const DeviceState& state) {
  present_.set(slot);
  Source& source = *sources_[slot];
  source = {};
  source.down = state.down;
  source.has_axis = state.has_axis;
  source.springs_back = state.springs_back;
  source.axis = state.axis;
  source.rest = state.axis;
  source.has_switch = state.has_switch;
  source.switched_on = state.switched_on;
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (state.down[code]) matcher_.join(static_cast<KeyCode>(code));
  }
}

void Router::remove_source(SourceSlot slot) {
  set_forwarding(slot, false);
  present_.reset(slot);
  const Source& source = *sources_[slot];
  if (withheld_ && withheld_->source == slot) withheld_.reset();
  for (unsigned code = 0; code < codes::kKeyCount; ++code) {
    if (source.down[code] && matcher_.release(static_cast<KeyCode>(code)).replay) {
      replay(kNoSource);
    }
  }
}

void Router::set_forwarding(SourceSlot slot, bool forwards) {
  Source& source = *sources_[slot];
  if (source.forwards == forwards) return;
  if (!forwards) leave(slot, source);
  source.forwards = forwards;
  if (forwards) enter(slot, source);
}

const Router::KeySet& Router::keys_down(SourceSlot slot) const {
  return sources_[slot]->down;
}

// Nothing to leave out, and no key to enter into the ledger: all but keyboards are like this.
bool Router::passes_whole(const Source& source, std::span<const InputEvent> events) {
  if (!source.forwards || source.dropping) return false;
  unsigned seen = 0;
  for (const InputEvent& event : events) seen |= bit_of(event);
  if ((seen & (kKeyBit | kSwBit | kOtherBit)) != 0) return false;
  return (seen & kAbsBit) == 0 || source.touched == source.contacts;
}

void Router::feed(SourceSlot slot, std::span<const InputEvent> events) {
  Source& source = *sources_[slot];
  if (passes_whole(source, events)) {
    if (source.has_axis.any()) {
      for (const InputEvent& event : events) {
        if (event.type == codes::kAbs) take_axis(source, event);
      }
    }
    return output_.write(slot, target_, events);
  }
  if (matcher_.deadline()) tick(time_of(events.front()));
  for (const InputEvent& event : events) take(slot, source, event);
  source.is_ahead = false;
  flush(slot);
}

void Router::take(SourceSlot slot, Source& source, const InputEvent& event) {
  if (event.type == codes::kSyn) {
    if (event.code == codes::kSynReport) return end_frame(slot, source, event);
    if (event.code == codes::kSynDropped) return begin_dropping(source);
  }
  if (source.dropping || (source.is_ahead && is_in_state(event))) return;
  if (event.type == codes::kKey) return take_key(slot, source, event);
  if (event.type == codes::kAbs && !take_axis(source, event)) return;
  if (event.type == codes::kSw && event.code < codes::kSwCount) {
    source.switched_on[event.code] = event.value != 0;
  }
  // What is sent to a device (LEDs, sounds) is told to all its readers, and is not sent on.
  if (source.forwards && event.type < codes::kLed) put(event);
}

// A repeat is made by the clone's own kernel code.
void Router::take_key(SourceSlot slot, Source& source, const InputEvent& event) {
  if (event.value == codes::kRepeated || event.code >= codes::kKeyCount) return drop_scan_code();
  const bool is_down = event.value != codes::kReleased;
  if (source.down[event.code] == is_down) return drop_scan_code();
  source.down[event.code] = is_down;
  if (is_down) {
    press(slot, source, event);
  } else {
    release(slot, source, event);
  }
}

void Router::press(SourceSlot slot, Source& source, const InputEvent& event) {
  const auto verdict = matcher_.press(event.code, time_of(event));
  if (verdict.replay) replay(slot);
  if (verdict.fired) fired_ = verdict.fired;
  if (verdict.swallow) {
    if (!verdict.fired && source.forwards) withheld_ = Withheld{slot, event.code};
    return drop_scan_code();
  }
  if (!source.forwards) return;
  source.delivered.set(event.code);
  put(event);
}

void Router::release(SourceSlot slot, Source& source, const InputEvent& event) {
  if (matcher_.release(event.code).replay) replay(slot);
  if (!source.delivered[event.code]) return drop_scan_code();
  source.delivered.reset(event.code);
  put(event);
}

// The chord was not held for long enough: its last key was an ordinary one after all. It gets a
// frame of its own: behind what its own keyboard said before it, or at once on another's clone.
void Router::replay(SourceSlot fed) {
  const auto key = std::exchange(withheld_, std::nullopt);
  if (!key || !sources_[key->source]->forwards) return;
  sources_[key->source]->delivered.set(key->code);
  const std::array<InputEvent, 2> frame{InputEvent{0, 0, codes::kKey, key->code, codes::kPressed},
                                        InputEvent{}};
  if (key->source != fed) return output_.write(key->source, target_, frame);
  const auto scan_code = take_scan_code();  // of the key that comes next
  for (const InputEvent& event : frame) put(event);
  frame_ = count_;
  if (scan_code) put(*scan_code);
}

// A scan code says which key it was, also of one that goes nowhere.
std::optional<InputEvent> Router::take_scan_code() {
  if (count_ == frame_) return std::nullopt;
  const InputEvent& last = out_[count_ - 1];
  if (last.type != codes::kMsc || last.code != codes::kMscScan) return std::nullopt;
  --count_;
  return last;
}

// False: it is about a finger that the target knows nothing of.
bool Router::take_axis(Source& source, const InputEvent& event) {
  if (event.code >= codes::kAbsCount) return true;
  source.axis[event.code] = event.value;
  if (event.code <= codes::kAbsMtSlot || !source.has_axis[codes::kAbsMtSlot]) return true;
  return take_contact(source, event);
}

bool Router::take_contact(Source& source, const InputEvent& event) {
  const auto slot = static_cast<unsigned>(source.axis[codes::kAbsMtSlot]) % 64;
  const std::uint64_t bit = std::uint64_t{1} << slot;
  const bool is_known = (source.contacts & bit) != 0;
  if (event.code != codes::kAbsMtTrackingId) return is_known;
  const bool touches = event.value >= 0;
  source.touched = touches ? source.touched | bit : source.touched & ~bit;
  if (source.forwards) source.contacts = touches ? source.contacts | bit : source.contacts & ~bit;
  return touches || is_known;
}

void Router::end_frame(SourceSlot slot, Source& source, const InputEvent& event) {
  if (std::exchange(source.dropping, false)) resync(slot, source, event);
  if (count_ > frame_) put(event);
  frame_ = count_;
  if (!fired_) return;
  flush(slot);
  fire(*std::exchange(fired_, std::nullopt), time_of(event));
}

// The frame is over, and what it has said is in the ledger already.
void Router::begin_dropping(Source& source) {
  if (count_ > frame_) put({});
  frame_ = count_;
  source.dropping = true;
}

// What has changed while events were lost, as events. The device's queue holds what it has said
// since the loss, which is in this state already: told once more, keys would go down and up that
// were never down together. (EVIOCGKEY takes keys out of the queue, but not what has been read;
// evdev_handle_get_val in drivers/input/evdev.c.)
void Router::resync(SourceSlot slot, Source& source, const InputEvent& event) {
  flush(slot);  // every key may have changed: there must be room
  DeviceState state;
  output_.ask_state(slot, state);
  resync_keys(slot, source, state.down, event);
  resync_axes(source, state);
  resync_switches(source, state);
  source.is_ahead = true;
}

// Releases first: keys that were never down together must not make a chord.
void Router::resync_keys(SourceSlot slot, Source& source, const KeySet& down, InputEvent change) {
  change.type = codes::kKey;
  for (const bool is_down : {false, true}) {
    const KeySet changed = is_down ? down & ~source.down : source.down & ~down;
    change.value = is_down ? codes::kPressed : codes::kReleased;
    for (unsigned code = 0; changed.any() && code < codes::kKeyCount; ++code) {
      if (!changed[code]) continue;
      change.code = static_cast<std::uint16_t>(code);
      take_key(slot, source, change);
    }
  }
}

// Which contacts are still the same is not known: those of the target end.
void Router::resync_axes(Source& source, const DeviceState& state) {
  const bool was_touched = source.contacts != 0;
  end_contacts(source);
  for (unsigned code = 0; code < codes::kAbsCount; ++code) {
    if (!state.has_axis[code]) continue;
    const bool is_lost = code == codes::kAbsMtSlot && was_touched;  // by ending them
    if (state.axis[code] == source.axis[code] && !is_lost) continue;
    source.axis[code] = state.axis[code];
    if (source.forwards) put(codes::kAbs, static_cast<std::uint16_t>(code), state.axis[code]);
  }
}

void Router::resync_switches(Source& source, const DeviceState& state) {
  const auto changed = (source.switched_on ^ state.switched_on) & state.has_switch;
  source.switched_on ^= changed;
  for (unsigned code = 0; source.forwards && changed.any() && code < codes::kSwCount; ++code) {
    if (!changed[code]) continue;
    put(codes::kSw, static_cast<std::uint16_t>(code), state.switched_on[code] ? 1 : 0);
  }
}

void Router::tick(Instant now) {
  const auto hotkey = matcher_.tick(now);
  if (!hotkey) return;
  withheld_.reset();
  fire(*hotkey, now);
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
