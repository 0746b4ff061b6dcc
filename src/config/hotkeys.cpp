#include "config/hotkeys.h"

#include <libevdev/libevdev.h>

#include <algorithm>
#include <string>
#include <vector>

#include "config/words.h"

namespace hotseat::config {

namespace {

constexpr const char* kExample = R"(["KEY_LEFTCTRL", "KEY_RIGHTCTRL"])";

bool is_key(const std::string& name) {
  // KEY_RESERVED (0) and KEY_MAX are bounds of the table, not keys.
  const int code = libevdev_event_code_from_name(EV_KEY, name.c_str());
  return name.starts_with("KEY_") && code > KEY_RESERVED && code < KEY_MAX;
}

std::vector<std::string> all_keys() {
  std::vector<std::string> names;
  for (unsigned code = KEY_RESERVED + 1; code < KEY_MAX; ++code) {
    const char* name = libevdev_event_code_get_name(EV_KEY, code);
    if (name != nullptr && std::string_view(name).starts_with("KEY_")) names.emplace_back(name);
  }
  return names;
}

}  // namespace

void check_chord(const Field& field) {
  const auto items = field.items(kExample);
  if (!items) return;
  if (items->empty()) field.report("names no key", std::string("write ") + kExample);
  std::vector<std::string> seen;
  for (const Field& item : *items) {
    const auto name = item.word();
    if (!name) continue;
    if (!is_key(*name)) {
      item.report(in_quotes(*name) + " is not a key",
                  suggestion(*name, all_keys(), "linux/input-event-codes.h lists the KEY_ names"));
    } else if (std::find(seen.begin(), seen.end(), *name) != seen.end()) {
      item.report(*name + " is there twice", "name each key once");
    }
    seen.push_back(*name);
  }
}

}  // namespace hotseat::config
