#include "tests/routing/story.h"

#include <linux/input-event-codes.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "domain/held_keys.h"

namespace hotseat::routing {

namespace {

constexpr SourceSlot kStick = 2;
constexpr SourceSlot kTouchpad = 3;
constexpr std::array<KeyCode, 11> kKeys{KEY_A,   KEY_B,    KEY_LEFTCTRL, KEY_LEFTALT,
                                        KEY_ESC, KEY_F1,   KEY_F2,       KEY_RIGHTCTRL,
                                        KEY_KP1, BTN_LEFT, BTN_TRIGGER};
constexpr std::array<const char*, 11> kKinds{"stroke", "repeat",   "move",   "tilt",
                                             "touch",  "lose",     "replug", "take_up",
                                             "route",  "exchange", "wait"};

Hotkey hotkey_of(HotkeyAction action, Chord keys) {
  Hotkey hotkey;
  hotkey.action = action;
  hotkey.keys = std::move(keys);
  std::sort(hotkey.keys.begin(), hotkey.keys.end());
  return hotkey;
}

std::vector<Hotkey> hotkeys_numbered(unsigned number) {
  std::vector<Hotkey> hotkeys{hotkey_of(HotkeyAction::release, {KEY_LEFTCTRL, KEY_ESC})};
  if (number % 4 == 0) return hotkeys;
  hotkeys.push_back(hotkey_of(HotkeyAction::switch_to, {KEY_LEFTCTRL, KEY_LEFTALT, KEY_KP1}));
  hotkeys.push_back(hotkey_of(HotkeyAction::switch_to, {KEY_LEFTALT, KEY_F1}));
  if (number % 4 == 1) return hotkeys;
  hotkeys.push_back(hotkey_of(HotkeyAction::cycle, {KEY_RIGHTCTRL}));
  hotkeys.back().taps = 2;
  if (number % 4 == 2) return hotkeys;
  hotkeys.push_back(hotkey_of(HotkeyAction::cycle, {KEY_F2}));
  hotkeys.back().hold = std::chrono::milliseconds(500);
  return hotkeys;
}

InputEvent event_of(unsigned type, unsigned code, std::int32_t value) {
  return {0, 0, static_cast<std::uint16_t>(type), static_cast<std::uint16_t>(code), value};
}

std::int64_t microseconds(const InputEvent& event) {
  return event.seconds * 1'000'000 + event.microseconds;
}

bool presses(const Happening& write, const InputEvent& event) {
  return std::any_of(write.events.begin(), write.events.end(), [&](const InputEvent& each) {
    return each.type == EV_KEY && each.code == event.code && each.value == codes::kPressed;
  });
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Step& step) {
  return stream << "\n  " << kKinds.at(static_cast<std::size_t>(step.kind)) << " device "
                << step.device << " what " << step.what << (step.together ? " together" : "");
}

Life::Life() {
  state(kStick).has_axis.set(ABS_X).set(ABS_THROTTLE);
  state(kStick).springs_back.set(ABS_X);
  state(kTouchpad).has_axis.set(ABS_MT_SLOT);
  for (SourceSlot slot = 0; slot < kDevices; ++slot) {
    router_.add_source(slot, state(slot));
    router_.set_forwarding(slot, true);
  }
  exchange(3);
}

void Life::live(const Step& step) {
  using Kind = Step::Kind;
  const bool is_plugged = devices_[step.device].is_plugged;
  if (step.kind == Kind::replug) {
    replug(step);
  } else if (step.kind == Kind::route) {
    router_.route(step.what % kTargets);
  } else if (step.kind == Kind::exchange) {
    exchange(step.what);
  } else if (step.kind == Kind::wait) {
    now_ += std::chrono::milliseconds(step.what % 1000);
    if (!anything_queued()) router_.tick(now_);
  } else if (is_plugged) {
    if (step.kind == Kind::stroke) stroke(step);
    if (step.kind == Kind::repeat) repeat(step);
    if (step.kind == Kind::move) move(step);
    if (step.kind == Kind::tilt) tilt(step);
    if (step.kind == Kind::touch) {
      touch(static_cast<int>(step.what % 3), step.together);
    }
    if (step.kind == Kind::lose) lose(step);
    if (step.kind == Kind::take_up) take_up(step.device, step.what % 2 == 0);
  }
  look({}, {});
}

// ---- what devices say ---------------------------------------------------------------------------

// Every event has a time of its own, by which it is known again.
void Life::say(SourceSlot slot, Events frame, bool together) {
  frame.push_back({});
  for (InputEvent& event : frame) {
    now_ += std::chrono::microseconds(1);
    const auto time =
        std::chrono::duration_cast<std::chrono::microseconds>(now_.time_since_epoch()).count();
    event.seconds = time / 1'000'000;
    event.microseconds = time % 1'000'000;
    devices_[slot].queue.push_back(event);
  }
  if (!together || devices_[slot].queue.size() > 500) read(slot);
}

void Life::read(SourceSlot slot) {
  const Events events = std::exchange(devices_[slot].queue, {});
  if (!events.empty()) router_.feed(slot, events);
}

void Life::stroke(const Step& step) {
  const KeyCode code = kKeys.at(step.what % kKeys.size());
  auto& down = state(step.device).down;
  const bool is_alone = !step.together && !anything_queued();
  const auto completed =
      is_alone && !down[code] ? completed_by(code) : std::optional<std::size_t>{};
  down.flip(code);
  const InputEvent key = event_of(EV_KEY, code, down[code] ? 1 : 0);
  say(step.device, {event_of(EV_MSC, MSC_SCAN, code), key}, step.together);
  if (is_alone && down[code]) look(key, completed);
}

void Life::repeat(const Step& step) {
  Events frame;
  for (const KeyCode code : kKeys) {
    if (state(step.device).down[code]) frame.push_back(event_of(EV_KEY, code, 2));
  }
  if (!frame.empty()) say(step.device, frame, step.together);
}

void Life::move(const Step& step) {
  ++moves_;
  if (devices_[step.device].is_forwarded) moved_[step.device].push_back(moves_);
  say(step.device, {event_of(EV_REL, REL_X, moves_)}, step.together);
}

void Life::tilt(const Step& step) {
  const unsigned axis = step.what % 2 == 0 ? ABS_X : ABS_THROTTLE;
  const auto value = static_cast<std::int32_t>(step.what % 5);
  std::int32_t& is = state(kStick).axis.at(axis);
  if (!devices_[kStick].is_plugged || is == value) return;
  is = value;
  say(kStick, {event_of(EV_ABS, axis, value)}, step.together);
}

void Life::touch(int finger, bool together) {
  Device& pad = devices_[kTouchpad];
  if (!pad.is_plugged) return;
  Events frame;
  if (finger != pad.slot) frame.push_back(event_of(EV_ABS, ABS_MT_SLOT, finger));
  pad.slot = state(kTouchpad).axis.at(ABS_MT_SLOT) = finger;
  const bool touches = pad.fingers.erase(finger) == 0;
  if (touches) pad.fingers.insert(finger);
  frame.push_back(event_of(EV_ABS, ABS_MT_TRACKING_ID, touches ? ++moves_ : -1));
  frame.push_back(event_of(EV_ABS, ABS_MT_POSITION_X, moves_));
  say(kTouchpad, frame, together);
}

void Life::lose(const Step& step) {
  for (unsigned bit = 0; bit < kKeys.size(); ++bit) {
    state(step.device).down[kKeys.at(bit)] = (step.what >> bit & 1U) != 0;
  }
  if (step.device == kTouchpad) {
    Device& pad = devices_[kTouchpad];
    pad.fingers = {static_cast<int>(step.what % 3)};
    pad.slot = state(kTouchpad).axis.at(ABS_MT_SLOT) = static_cast<int>(step.what % 2);
  }
  if (step.device == kStick) state(kStick).axis[ABS_X] = static_cast<std::int32_t>(step.what % 5);
  // After what was read before; the events that follow are dropped up to the next report.
  say(step.device, {event_of(EV_SYN, SYN_DROPPED, 0), event_of(EV_KEY, KEY_A, 1)}, step.together);
}

// ---- what is done with them
// -----------------------------------------------------------------------

void Life::replug(const Step& step) {
  Device& device = devices_[step.device];
  if (device.is_plugged) {
    // What it has said and nobody has read goes with it.
    for (const InputEvent& event : std::exchange(device.queue, {})) {
      if (event.type == EV_REL) std::erase(moved_[step.device], event.value);
    }
    router_.remove_source(step.device);
    device = {};
    device.is_plugged = false;
    device.is_forwarded = false;
    return;
  }
  device.is_plugged = true;
  state(step.device).down.reset();
  if (step.what % 3 == 0) state(step.device).down.set(kKeys.at(step.what % kKeys.size()));
  state(step.device).axis.fill(0);
  router_.add_source(step.device, state(step.device));
  take_up(step.device, true);
}

void Life::take_up(SourceSlot slot, bool forwards) {
  read(slot);
  if (forwards && any_must_be_let_go(router_.keys_down(slot))) return;
  router_.set_forwarding(slot, forwards);
  devices_[slot].is_forwarded = forwards;
}

void Life::exchange(unsigned number) {
  hotkeys_ = hotkeys_numbered(number);
  HotkeyMatcher matcher(hotkeys_);
  router_.exchange_hotkeys(matcher);
  // Some of them are followed at once.
  Router::Shortcuts shortcuts;
  for (std::size_t index = number % 2; index < hotkeys_.size(); index += 2) {
    shortcuts.at(index) = static_cast<TargetSlot>((index + number) % kTargets);
  }
  router_.set_shortcuts(shortcuts);
}

void Life::end() {
  for (SourceSlot slot = 0; slot < kDevices; ++slot) {
    if (!devices_[slot].is_plugged) continue;
    read(slot);
    for (const KeyCode code : kKeys) {
      if (!state(slot).down[code]) continue;
      state(slot).down.reset(code);
      say(slot, {event_of(EV_KEY, code, 0)}, false);
    }
    take_up(slot, true);
  }
  for (const int finger : std::set<int>(devices_[kTouchpad].fingers)) {
    touch(finger, false);
  }
  now_ += std::chrono::minutes(1);
  router_.tick(now_);
  look({}, {});
  if (!clones_.held().empty()) complain("a key stays pressed");
  if (!clones_.touched().empty()) complain("a finger stays down");
  std::erase_if(moved_, [](const auto& moved) { return moved.second.empty(); });
  if (moved_ != delivered_) complain("movement is lost, doubled or out of order");
  check_axes();
}

// ---- what must be true
// ------------------------------------------------------------------------------

std::set<KeyCode> Life::keys_held() {
  std::set<KeyCode> held;
  for (SourceSlot slot = 0; slot < kDevices; ++slot) {
    if (!devices_[slot].is_plugged) continue;
    for (const KeyCode code : kKeys) {
      if (state(slot).down[code]) held.insert(code);
    }
  }
  held.erase(BTN_LEFT);
  held.erase(BTN_TRIGGER);
  return held;
}

std::optional<std::size_t> Life::completed_by(KeyCode code) {
  std::set<KeyCode> held = keys_held();
  if (!held.insert(code).second) return std::nullopt;
  for (std::size_t index = 0; index < hotkeys_.size(); ++index) {
    const Hotkey& hotkey = hotkeys_[index];
    const std::set<KeyCode> keys(hotkey.keys.begin(), hotkey.keys.end());
    const bool is_exact = held == keys;
    const bool is_there = std::includes(held.begin(), held.end(), keys.begin(), keys.end());
    if (!keys.contains(code) || hotkey.taps > 1) continue;
    if (is_exact || (hotkey.action == HotkeyAction::release && is_there)) return index;
  }
  return std::nullopt;
}

void Life::look(std::optional<InputEvent> pressed, std::optional<std::size_t> completed) {
  bool has_fired = false;
  bool was_delivered = false;
  for (const Happening& happening : clones_.take()) {
    if (happening.hotkey) {
      has_fired = has_fired || happening.hotkey == completed;
      continue;
    }
    check_order(happening);
    was_delivered = was_delivered || (pressed && presses(happening, *pressed));
  }
  if (!completed) return;
  if (was_delivered) complain("the key that completes a chord is delivered: " + text_of(*pressed));
  if (hotkeys_[*completed].hold.count() == 0 && !has_fired) complain("a chord does nothing");
}

void Life::check_order(const Happening& write) {
  for (const InputEvent& event : write.events) {
    if (event.type == EV_REL) delivered_[write.source].push_back(event.value);
    if (microseconds(event) == 0) continue;  // of the router's own making
    if (microseconds(event) < last_[write.source]) complain("out of order: " + text_of(event));
    last_[write.source] = microseconds(event);
  }
}

void Life::check_axes() {
  if (!devices_[kStick].is_forwarded) return;
  for (const unsigned axis : {ABS_X, ABS_THROTTLE}) {
    const auto code = static_cast<std::uint16_t>(axis);
    if (clones_.axis({router_.target(), kStick}, code) != state(kStick).axis.at(axis)) {
      complain("an axis is not where it is");
    }
  }
  for (TargetSlot target = 0; target < kTargets; ++target) {
    if (target != router_.target() && clones_.axis({target, kStick}, ABS_X) != 0) {
      complain("a stick has not sprung back");
    }
  }
}

bool Life::anything_queued() const {
  return std::any_of(devices_.begin(), devices_.end(),
                     [](const Device& device) { return !device.queue.empty(); });
}

std::vector<std::string> Life::wrong() const {
  std::vector<std::string> wrong = clones_.wrong();
  wrong.insert(wrong.end(), wrong_.begin(), wrong_.end());
  return wrong;
}

}  // namespace hotseat::routing
