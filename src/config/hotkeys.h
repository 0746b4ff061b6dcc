// Chords of keys, by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/toml/field.h"
#include "domain/hotkey.h"

namespace hotseat::config {

// What is set in the file, and where.
struct HotkeySetting {
  Hotkey hotkey;
  Field field;
};

// An array of different KEY_ names, or a table with these as `keys` and with `hold`, `taps`,
// `within`. Nothing, reported, for anything else; nothing, not reported, for an empty array, which
// means no hotkey.
std::optional<Hotkey> read_hotkey(const Field& field);

// Reports those that get in each other's way. `defaults` are the ones that were not set.
void check_hotkeys(const std::vector<HotkeySetting>& set, const std::vector<Hotkey>& defaults);

}  // namespace hotseat::config
