// Names that the configuration gives to devices, monitors and guests.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "config/toml/field.h"

namespace hotseat::config {

// libvirt takes letters, digits, '-' and '_' in a device's alias (formatdomain.html, "alias"), and
// a device's name becomes one.
inline constexpr std::string_view kDeviceNamePunctuation = "_-";
inline constexpr std::string_view kNamePunctuation = "_.-";

// Empty when the name is fine, else what is wrong with it: 1 to 64 letters, digits and the given
// punctuation are fine.
std::string name_fault(std::string_view name, std::string_view punctuation);

// Remembers where a value was given first.
class FirstUse {
 public:
  // Where it was given before; nothing, and remembered, when it is new.
  std::optional<Position> earlier(const std::string& value, Position at);

 private:
  std::map<std::string, Position> places_;
};

// The `name` of a [[device]] or [[monitor]]; empty, and reported, when it is missing, faulty or
// taken.
std::string read_unique_name(const Section& section, std::string_view punctuation, FirstUse& names);

}  // namespace hotseat::config
