// Writing TOML 1.0 by hand, since comments matter as much as values here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hotseat::importers {

// A basic string, with whatever it holds escaped. Bytes that are no UTF-8 become U+FFFD: TOML has
// no way to write them.
std::string toml_string(std::string_view text);

// Bare where it may be, else a basic string.
std::string toml_key(std::string_view key);

// ["a", "b"]
std::string toml_array(const std::vector<std::string>& texts);

// Lines with "# " in front, wrapped, without anything that a comment must not hold.
std::string toml_comment(std::string_view text);

}  // namespace hotseat::importers
