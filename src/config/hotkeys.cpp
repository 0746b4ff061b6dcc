#include "config/hotkeys.h"

#include <libevdev/libevdev.h>

#include <algorithm>
#include <string>

#include "config/config.h"
#include "config/toml/words.h"

namespace hotseat::config {

namespace {

constexpr const char* kExample = R"(["KEY_LEFTCTRL", "KEY_RIGHTCTRL"])";
constexpr Milliseconds kLongestHold{10'000};
constexpr int kMostTaps = 2;

std::vector<std::string> all_keys() {
  std::vector<std::string> names;
  for (unsigned code = KEY_RESERVED + 1; code < KEY_MAX; ++code) {
    const char* name = libevdev_event_code_get_name(EV_KEY, code);
    if (name != nullptr && std::string_view(name).starts_with("KEY_")) names.emplace_back(name);
  }
  return names;
}

std::optional<KeyCode> read_key(const Field& field) {
  const auto name = field.word();
  if (!name) return std::nullopt;
  const auto code = key_code(*name);
  if (!code) {
    field.report(in_quotes(*name) + " is not a key",
                 suggestion(*name, all_keys(), "linux/input-event-codes.h lists the KEY_ names"));
  }
  return code;
}

// None when a key cannot be read, which has been told: the rest of it would be another chord.
std::optional<Chord> read_chord(const Field& field) {
  Chord chord;
  bool is_whole = true;
  const auto items = field.items(kExample);
  if (!items) return std::nullopt;
  for (const Field& item : *items) {
    const auto key = read_key(item);
    is_whole = is_whole && key;
    if (!key) continue;
    if (std::find(chord.begin(), chord.end(), *key) != chord.end()) {
      item.report(*item.word() + " is there twice", "name each key once");
    }
    chord.push_back(*key);
  }
  if (!is_whole) return std::nullopt;
  std::sort(chord.begin(), chord.end());
  return chord;
}

void read_options(const Section& section, Hotkey& hotkey) {
  if (const auto hold = section.find("hold")) {
    hotkey.hold = hold->duration(Milliseconds{1}, kLongestHold).value_or(hotkey.hold);
  }
  if (const auto taps = section.find("taps")) {
    hotkey.taps = static_cast<int>(taps->whole(1, kMostTaps).value_or(1));
  }
  if (const auto within = section.find("within")) {
    hotkey.within = within->duration(Milliseconds{1}, kLongestHold).value_or(hotkey.within);
  }
  if (hotkey.taps > 1 && hotkey.hold.count() > 0) {
    section.field().report("is to be held and to be pressed twice", "choose hold or taps");
  }
}

void report_conflict(const HotkeySetting& setting, const Hotkey& other) {
  if (setting.hotkey.keys == other.keys) {
    setting.field.report("has the keys of " + other.from, "choose other keys for one of them");
    return;
  }
  setting.field.report("gets in the way of " + other.from + ", or that of this",
                       "one contains the other: pressing the longer would set off the shorter");
}

}  // namespace

std::optional<KeyCode> key_code(const std::string& name) {
  // KEY_RESERVED (0) and KEY_MAX are bounds of the table, not keys.
  const int code = libevdev_event_code_from_name(EV_KEY, name.c_str());
  if (!name.starts_with("KEY_") || code <= KEY_RESERVED || code >= KEY_MAX) return std::nullopt;
  return static_cast<KeyCode>(code);
}

std::optional<Hotkey> read_hotkey(const Field& field) {
  Hotkey hotkey;
  hotkey.from = field.key();
  if (field.is_table()) {
    const auto section = Section::open(field, "{ keys = [\"KEY_RIGHTCTRL\"], taps = 2 }",
                                       {"keys", "hold", "taps", "within"});
    if (!section) return std::nullopt;
    read_options(*section, hotkey);
    if (const auto keys = section->require("keys", std::string("add keys = ") + kExample)) {
      const auto chord = read_chord(*keys);
      hotkey.keys = chord.value_or(Chord{});
      if (chord && chord->empty()) keys->report("names no key", std::string("write ") + kExample);
    }
  } else {
    hotkey.keys = read_chord(field).value_or(Chord{});
  }
  if (hotkey.keys.empty()) return std::nullopt;
  return hotkey;
}

void check_hotkeys(const std::vector<HotkeySetting>& set, const std::vector<Hotkey>& defaults) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (shadows(set[i].hotkey, set[j].hotkey)) report_conflict(set[i], set[j].hotkey);
    }
    for (const Hotkey& standard : defaults) {
      if (shadows(set[i].hotkey, standard)) report_conflict(set[i], standard);
    }
  }
}

}  // namespace hotseat::config
