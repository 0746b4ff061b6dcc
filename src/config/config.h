// Reads hotseat.toml into a validated Seat.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "domain/hotkey.h"
#include "domain/seat.h"

namespace hotseat::config {

// An error's `object` is "FILE:LINE:COLUMN"; all problems found are in the one error's reason, a
// line each, when there are several.
Expected<Seat> parse(std::string_view text, const std::string& file_name);

// Also refuses a file that others than its owner and root may write.
Expected<Seat> load(const std::string& path);

// The code of a key by its name, "KEY_LEFTCTRL"; nothing for anything else, buttons among it.
std::optional<KeyCode> key_code(const std::string& name);

}  // namespace hotseat::config
