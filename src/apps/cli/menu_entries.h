// Entries of the desktop's menu, "Switch to win11", as files (freedesktop.org, Desktop Entry
// Specification 1.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apps/cli/document.h"

namespace hotseat::cli {

struct MenuEntry {
  std::string file;  // "hotseat-switch-win11.desktop"
  std::string text;
  bool operator==(const MenuEntry&) const = default;
};

// One for each target of a status document, in its order.
std::vector<MenuEntry> menu_entries(const Json& status);

// What a file that was made by `hotseat setup desktop` is called, and what is in it.
bool is_entry_name(std::string_view file);
bool is_entry_text(std::string_view text);

}  // namespace hotseat::cli
