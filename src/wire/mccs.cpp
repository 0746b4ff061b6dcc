#include "wire/mccs.h"

#include <array>
#include <cctype>
#include <cstdio>

namespace hotseat::wire {

namespace {

// MCCS 2.2a, feature 0x60. USB-C has no value there; 0x1b is what vendors agreed on.
constexpr std::array<InputName, 19> kNames{{
    {0x01, "VGA-1"},       {0x02, "VGA-2"},       {0x03, "DVI-1"},         {0x04, "DVI-2"},
    {0x05, "Composite-1"}, {0x06, "Composite-2"}, {0x07, "S-Video-1"},     {0x08, "S-Video-2"},
    {0x09, "Tuner-1"},     {0x0a, "Tuner-2"},     {0x0b, "Tuner-3"},       {0x0c, "Component-1"},
    {0x0d, "Component-2"}, {0x0e, "Component-3"}, {0x0f, "DisplayPort-1"}, {0x10, "DisplayPort-2"},
    {0x11, "HDMI-1"},      {0x12, "HDMI-2"},      {0x1b, "USB-C"},
}};

struct Alias {
  std::string_view written;
  std::string_view meant;
};

// Compared after folding, by everything before the trailing number.
constexpr std::array<Alias, 5> kAliases{{
    {"dp", "displayport"},
    {"analog", "vga"},
    {"dsub", "vga"},
    {"typec", "usbc"},
    {"usbtypec", "usbc"},
}};

std::string fold(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c == '-' || c == '_' || c == ' ') continue;
    folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

// Aliases resolved and the number made explicit, so that equal inputs become equal strings.
std::string canonical(std::string_view text) {
  std::string kind = fold(text);
  std::string number = "1";
  const std::size_t last = kind.find_last_not_of("0123456789");
  if (last == std::string::npos) return kind;
  if (last + 1 < kind.size()) {
    number = kind.substr(last + 1);
    kind.resize(last + 1);
  }
  for (const Alias& alias : kAliases) {
    if (kind == alias.written) kind = alias.meant;
  }
  return kind + number;
}

}  // namespace

std::span<const InputName> input_names() {
  return kNames;
}

std::optional<std::uint8_t> input_by_name(std::string_view name) {
  const std::string wanted = canonical(name);
  for (const InputName& known : kNames) {
    if (canonical(known.name) == wanted) return known.value;
  }
  return std::nullopt;
}

std::string input_name(std::uint8_t value) {
  for (const InputName& known : kNames) {
    if (known.value == value) return std::string{known.name};
  }
  return hex(value);
}

std::string hex(std::uint8_t value) {
  std::array<char, 5> text{};
  std::snprintf(text.data(), text.size(), "0x%02x", value);
  return text.data();
}

}  // namespace hotseat::wire
