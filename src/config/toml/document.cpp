#include "config/toml/document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace hotseat::config {

namespace {

Position position_of(const toml::source_region& source) {
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

const char* unusable_kind(toml::node_type type) {
  switch (type) {
    case toml::node_type::floating_point:
      return "a float";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time of day";
    default:
      return "a date and time";
  }
}

// An argument of a command of a guest stands seven levels deep, and nothing stands deeper. What
// does is cut off, so that recursion is bounded.
constexpr int kDeepestLevel = 10;

Node convert(const toml::node& node, int level);

Table convert_table(const toml::table& table, int level) {
  Table result;
  result.reserve(table.size());
  for (const auto& [key, value] : table) {
    result.push_back(
        {std::string(key.str()), position_of(key.source()), convert(value, level + 1)});
  }
  // The parser sorts by name.
  std::sort(result.begin(), result.end(),
            [](const Entry& a, const Entry& b) { return a.key_at < b.key_at; });
  return result;
}

List convert_list(const toml::array& array, int level) {
  List result;
  result.reserve(array.size());
  for (const toml::node& element : array) result.push_back(convert(element, level + 1));
  return result;
}

Node convert(const toml::node& node, int level) {
  Node result{position_of(node.source()), {}};
  if (level > kDeepestLevel) {
    result.value = Unusable{"a value nested too deep"};
  } else if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    result.value = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    result.value = boolean->get();
  } else if (const auto* array = node.as_array()) {
    result.value = convert_list(*array, level);
  } else if (const auto* table = node.as_table()) {
    result.value = convert_table(*table, level);
  } else {
    result.value = Unusable{unusable_kind(node.type())};
  }
  return result;
}

// The parser itself recurses into dotted keys ("a.a.a.…") until the stack ends. Every level takes
// one of these characters, of which a big seat has a few hundred.
constexpr std::ptrdiff_t kMostLevels = 5000;

bool too_deep(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return c == '.' || c == '[' || c == '{'; }) > kMostLevels;
}

}  // namespace

tl::expected<Node, Problem> parse_document(std::string_view text) {
  if (too_deep(text)) {
    return tl::make_unexpected(
        Problem{{},
                {},
                "more than 5000 dots and opening brackets, far more than a seat has",
                "is it the right file?"});
  }
  try {
    return convert(toml::parse(text), 0);
  } catch (const toml::parse_error& error) {
    return tl::make_unexpected(Problem{position_of(error.source()),
                                       {},
                                       "not valid TOML: " + std::string(error.description()),
                                       "toml.io describes the format"});
  }
}

}  // namespace hotseat::config
