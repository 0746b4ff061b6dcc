#include "importers/draft.h"

#include <linux/input-event-codes.h>

#include <algorithm>
#include <string_view>

#include "config/config.h"
#include "config/toml/words.h"
#include "importers/toml_text.h"

namespace hotseat::importers {

namespace {

constexpr std::size_t kLongestName = 24;
constexpr std::size_t kLongestText = std::size_t{1} << 20;  // config/load.cpp
constexpr std::ptrdiff_t kMostLevels = 5000;                // config/document.cpp

// Letters, digits and single dashes, in lower case: "Main display (left)" is "main-display-left".
std::string plain(const std::string& text) {
  std::string name;
  for (char c : text) {
    if (name.size() >= kLongestName) break;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (fits) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

bool is_too_big(const std::string& text) {
  return text.size() > kLongestText || std::count_if(text.begin(), text.end(), [](char c) {
                                         return c == '.' || c == '[' || c == '{';
                                       }) > kMostLevels;
}

// The wish, or else OTHERWISE-1; numbered when it is taken.
std::string free_name(const std::string& wish, const std::string& otherwise,
                      std::set<std::string>& taken) {
  const std::string base = wish.empty() ? otherwise : wish;
  std::string name = wish.empty() ? base + "-1" : base;
  for (int number = 2; !taken.insert(name).second; ++number) {
    name = base + "-" + std::to_string(number);
  }
  return name;
}

// Lines of TOML as config/ judges them, alone.
std::optional<Error> objection(const std::string& lines) {
  const auto seat = config::parse(lines, "hotseat.toml");
  if (seat) return std::nullopt;
  return seat.error();
}

Hotkey standard(HotkeyAction action) {
  Hotkey hotkey;
  hotkey.action = action;
  hotkey.keys = action == HotkeyAction::cycle ? Chord{KEY_LEFTCTRL, KEY_RIGHTCTRL}
                                              : Chord{KEY_ESC, KEY_LEFTCTRL, KEY_LEFTALT};
  hotkey.from = action == HotkeyAction::cycle ? "seat.cycle_hotkey" : "seat.release_hotkey";
  return hotkey;
}

template <typename Parts>
void collect(const Parts& parts, const std::string& table, std::vector<Choice>& all) {
  for (const auto& part : parts) {
    for (const auto& text : part.choices) all.push_back({table + "." + part.name, text});
  }
}

}  // namespace

void Draft::leave_out(Origin at, std::string reason, std::string hint) {
  not_carried_.push_back({std::move(at), std::move(reason), std::move(hint)});
}

void Draft::choose(std::string text) {
  choices_.push_back(std::move(text));
}

bool Draft::accepts(const std::string& lines, const Origin& at) {
  const auto error = objection(lines);
  if (error) leave_out(at, "hotseat.toml does not take it: " + error->reason, error->hint);
  return !error;
}

GuestDraft* Draft::guest(const std::string& domain, const Origin& at) {
  for (GuestDraft& known : guests_) {
    if (known.domain == domain) return &known;
  }
  GuestDraft guest;
  guest.domain = domain;
  // Its own name if that will do: it is what people know it by. "switch:self" is taken.
  const bool own = domain != "self" && !objection("[guest." + toml_string(domain) + "]\n") &&
                   guest_names_.insert(domain).second;
  if (!own && !accepts("[guest.x]\ndomain = " + toml_string(domain) + "\n", at)) return nullptr;
  guest.name = own ? domain : free_name("vm-" + plain(domain), "", guest_names_);
  guests_.push_back(std::move(guest));
  return &guests_.back();
}

DeviceDraft* Draft::add_device(const DeviceMatch& match, Transport transport,
                               const std::string& wish, const Origin& at) {
  for (const DeviceDraft& known : devices_) {
    if (known.match != match) continue;
    leave_out(at, "means the same as the device " + known.name,
              "tell twins apart by serial or port; see hotseat.toml(5)");
    return nullptr;
  }
  if (!accepts("[[device]]\nname = \"x\"\nmatch = " + toml_of(match) + "\n", at)) return nullptr;
  DeviceDraft device;
  device.name = free_name(plain(wish), "device", device_names_);
  device.match = match;
  device.transport = transport;
  devices_.push_back(std::move(device));
  return &devices_.back();
}

bool Draft::has_device(const DeviceMatch& match) const {
  return std::any_of(devices_.begin(), devices_.end(),
                     [&](const DeviceDraft& known) { return known.match == match; });
}

MonitorDraft* Draft::add_monitor(const MonitorMatch& match, const std::string& wish,
                                 const Origin& at) {
  for (const MonitorDraft& known : monitors_) {
    if (known.match != match) continue;
    leave_out(at, "means the same as the monitor " + known.name,
              "tell twins apart by serial or connector; see hotseat.toml(5)");
    return nullptr;
  }
  const std::string lines = "[[monitor]]\nname = \"x\"\nmatch = " + toml_of(match) + "\n";
  if (!accepts(lines + "inputs = { host = 1 }\n", at)) return nullptr;
  MonitorDraft monitor;
  monitor.name = free_name(plain(wish), "monitor", monitor_names_);
  monitor.match = match;
  monitors_.push_back(std::move(monitor));
  return &monitors_.back();
}

void Draft::set_uri(const std::string& uri, const Origin& at) {
  if (accepts("[libvirt]\nuri = " + toml_string(uri) + "\n", at)) uri_ = uri;
}

void Draft::set_bus_name(const std::string& name, const Origin& at) {
  if (accepts("[compat]\nvfio_kvm_bus_name = " + toml_string(name) + "\n", at)) bus_name_ = name;
}

void Draft::set_object_path(const std::string& path, const Origin& at) {
  if (accepts("[compat]\nvfio_kvm_object_path = " + toml_string(path) + "\n", at)) {
    object_path_ = path;
  }
}

void Draft::allow(std::string who, std::vector<std::string> permissions, std::string choice) {
  grants_.push_back({std::move(who), std::move(permissions), std::move(choice)});
}

void Draft::add_command(TargetDraft& target, std::vector<std::string> argv, const Origin& at) {
  if (accepts("[host]\non_enter = [" + toml_array(argv) + "]\n", at)) {
    target.on_enter.push_back(std::move(argv));
  }
}

void Draft::set_cycle_hotkey(std::vector<std::string> keys, const Origin& at) {
  set_hotkey_of("cycle", std::move(keys), at);
}

void Draft::set_release_hotkey(std::vector<std::string> keys, const Origin& at) {
  if (keys.empty()) {
    leave_out(at, "is none, and hotseat always has one: it is the way out when everything hangs",
              "it is left Ctrl, left Alt and Esc unless seat.release_hotkey says otherwise");
    return;
  }
  set_hotkey_of("release", std::move(keys), at);
}

void Draft::set_hotkey(const TargetDraft& target, std::vector<std::string> keys, const Origin& at) {
  if (keys.empty()) return;  // none is what it means, here and there
  set_hotkey_of(&target == &host_ ? "host" : "guest." + target.name, std::move(keys), at);
}

std::optional<Origin> Draft::hotkey_origin(const TargetDraft& target) const {
  const std::string place = &target == &host_ ? "host" : "guest." + target.name;
  for (const HotkeyDraft& draft : hotkeys_) {
    if (draft.place == place) return draft.at;
  }
  return std::nullopt;
}

void Draft::set_hotkey_of(std::string place, std::vector<std::string> keys, const Origin& at) {
  std::vector<std::string> once;
  for (std::string& key : keys) {
    if (std::find(once.begin(), once.end(), key) == once.end()) once.push_back(std::move(key));
  }
  for (const HotkeyDraft& other : hotkeys_) {
    if (other.place != place) continue;
    leave_out(
        at, "there is another already, from " + other.at.file + ":" + std::to_string(other.at.line),
        "a target has one hotkey; choose");
    return;
  }
  hotkeys_.push_back({std::move(place), std::move(once), at});
}

// Keys that all exist. Reports one that does not.
bool Draft::is_possible(const HotkeyDraft& draft, Hotkey& hotkey) {
  for (const std::string& name : draft.keys) {
    const auto code = config::key_code(name);
    if (!code) {
      leave_out(draft.at,
                config::in_quotes(name) +
                    " is no key of a keyboard; without it the hotkey "
                    "would be another one",
                "linux/input-event-codes.h lists the KEY_ names");
      return false;
    }
    hotkey.keys.push_back(*code);
  }
  std::sort(hotkey.keys.begin(), hotkey.keys.end());
  // Two names of one key.
  hotkey.keys.erase(std::unique(hotkey.keys.begin(), hotkey.keys.end()), hotkey.keys.end());
  if (hotkey.keys.size() == draft.keys.size()) return true;
  leave_out(draft.at, "names one key twice", "name each key once");
  return false;
}

// The way out first, then cycling, then each target's own: who comes first stays when two get in
// each other's way.
void Draft::settle_hotkeys() {
  const auto rank = [](const HotkeyDraft& draft) {
    if (draft.place == "release") return 0;
    if (draft.place == "cycle") return 1;
    return draft.place == "host" ? 2 : 3;
  };
  std::stable_sort(hotkeys_.begin(), hotkeys_.end(),
                   [&](const auto& one, const auto& other) { return rank(one) < rank(other); });
  std::vector<Hotkey> taken;
  const auto is_set = [&](const char* place) {
    return std::any_of(hotkeys_.begin(), hotkeys_.end(),
                       [&](const HotkeyDraft& draft) { return draft.place == place; });
  };
  if (!is_set("release")) taken.push_back(standard(HotkeyAction::release));
  if (!is_set("cycle")) taken.push_back(standard(HotkeyAction::cycle));
  for (HotkeyDraft& draft : hotkeys_) {
    Hotkey hotkey;
    hotkey.from = draft.place;
    bool stays = is_possible(draft, hotkey);
    for (const Hotkey& other : taken) {
      if (!stays || hotkey.keys.empty() || !shadows(hotkey, other)) continue;
      leave_out(draft.at, "would get in the way of the hotkey of " + other.from,
                "one contains the other, or is the same: choose other keys");
      stays = false;
    }
    if (!stays) draft.keys.clear();
    if (!draft.keys.empty()) taken.push_back(std::move(hotkey));
    if (!stays && draft.place == "release") taken.push_back(standard(HotkeyAction::release));
  }
}

std::vector<Choice> Draft::list_choices() const {
  std::vector<Choice> all;
  for (const std::string& text : choices_) all.push_back({"", text});
  collect(guests_, "guest", all);
  collect(devices_, "device", all);
  collect(monitors_, "monitor", all);
  for (const std::string& text : host_.choices) all.push_back({"host", text});
  for (const GrantDraft& grant : grants_) all.push_back({"policy." + grant.who, grant.choice});
  return all;
}

Expected<Imported> Draft::finish() && {
  settle_hotkeys();
  Imported imported{text(), {}, {}, list_choices()};
  imported.not_carried = std::move(not_carried_);
  if (is_too_big(imported.toml)) {
    return fail(
        {"import", source_, "has more in it than hotseat.toml may hold", "is it the right file?"});
  }
  if (const auto error = objection(imported.toml)) {
    return fail({"import", source_, "what was written is not valid: " + error->reason,
                 "this is a mistake in hotseat"});
  }
  return imported;
}

}  // namespace hotseat::importers
