#include "web/accept_encoding.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/words.h"

namespace hotseat::web {

namespace {

constexpr std::string_view kSpace = " \t";

bool same_word(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

// A weight: 0 or 1, and at most three digits behind a point. Only whether it is above 0 matters.
bool is_above_zero(std::string_view weight) {
  constexpr std::size_t kLongest = 5;
  if (weight.empty() || weight.size() > kLongest) return false;
  if (weight.size() > 1 && weight[1] != '.') return false;
  const std::string_view digits = weight.substr(std::min<std::size_t>(2, weight.size()));
  const auto only = [](std::string_view text, const char* of) {
    return text.find_first_not_of(of) == std::string_view::npos;
  };
  if (weight.front() == '1') return only(digits, "0");
  return weight.front() == '0' && only(digits, "0123456789") && !only(digits, "0");
}

// "gzip", "gzip;q=0.5": may this coding be sent? Nothing when it is another one.
std::optional<bool> allows(std::string_view item, std::string_view coding) {
  const auto semicolon = std::min(item.find(';'), item.size());
  if (!same_word(trimmed(item.substr(0, semicolon), kSpace), coding)) return std::nullopt;
  if (semicolon == item.size()) return true;
  const std::string_view parameter = trimmed(item.substr(semicolon + 1), kSpace);
  constexpr std::string_view kWeight = "q=";
  const bool weighted = same_word(parameter.substr(0, kWeight.size()), kWeight);
  return weighted && is_above_zero(parameter.substr(kWeight.size()));
}

// What the list says of a coding; the first mention counts.
std::optional<bool> said_of(std::string_view list, std::string_view coding) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (const auto said = allows(list.substr(0, comma), coding)) return said;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return std::nullopt;
}

}  // namespace

bool takes_gzip(const Request& request) {
  std::string list;  // several lines of a header are one list
  for (const auto& [name, value] : request.headers) {
    if (name == "accept-encoding") list.append(value).append(",");
  }
  for (const char* coding : {"gzip", "x-gzip", "*"}) {
    if (const auto said = said_of(list, coding)) return *said;
  }
  return false;
}

}  // namespace hotseat::web
