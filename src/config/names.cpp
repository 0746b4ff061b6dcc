#include "config/names.h"

#include <algorithm>

#include "config/toml/words.h"

namespace hotseat::config {

namespace {
constexpr std::size_t kLongestName = 64;
}  // namespace

std::string name_fault(std::string_view name, std::string_view punctuation) {
  const auto allowed = [punctuation](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           punctuation.find(c) != std::string_view::npos;
  };
  if (name.empty()) return "the name is empty";
  if (name.size() > kLongestName) {
    return "the name has " + std::to_string(name.size()) + " characters, more than 64";
  }
  if (std::all_of(name.begin(), name.end(), allowed)) return {};
  return in_quotes(name) + " has characters other than letters, digits, " +
         (punctuation == kDeviceNamePunctuation ? "'_' and '-'" : "'_', '.' and '-'");
}

std::optional<Position> FirstUse::earlier(const std::string& value, Position at) {
  const auto [place, is_new] = places_.try_emplace(value, at);
  if (is_new) return std::nullopt;
  return place->second;
}

std::string read_unique_name(const Section& section, std::string_view punctuation,
                             FirstUse& names) {
  const auto field = section.require("name", "add name = \"…\"; it is yours to choose");
  const auto name = field ? field->text() : std::nullopt;
  if (!name) return {};
  if (const std::string fault = name_fault(*name, punctuation); !fault.empty()) {
    field->report(fault, "choose a short plain name, such as \"keyboard\" or \"left\"");
    return {};
  }
  if (const auto first = names.earlier(*name, field->at())) {
    field->report(in_quotes(*name) + " is taken by line " + std::to_string(first->line),
                  "give each its own name");
  }
  return *name;
}

}  // namespace hotseat::config
