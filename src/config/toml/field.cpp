#include "config/toml/field.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "config/toml/words.h"

namespace hotseat::config {

namespace {

using Milliseconds = std::chrono::milliseconds;

bool is_bare(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

std::string joined(const std::string& parent, std::string_view key) {
  const std::string last = is_bare(key) ? std::string(key) : in_quotes(key);
  return parent.empty() ? last : parent + "." + last;
}

// A value as a person would name it.
struct Describe {
  std::string operator()(const std::string& value) const { return in_quotes(value); }
  std::string operator()(std::int64_t value) const { return "the number " + std::to_string(value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(const List&) const { return "an array"; }
  std::string operator()(const Table&) const { return "a table"; }
  std::string operator()(const Unusable& value) const { return value.kind; }
};

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::optional<Milliseconds> parse_duration(std::string_view text) {
  // Seven digits of minutes still fit into milliseconds many times over.
  constexpr std::size_t kMostDigits = 7;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > kMostDigits) return std::nullopt;
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + digits, count);
  const std::string_view unit = text.substr(digits);
  if (unit == "ms") return Milliseconds{count};
  if (unit == "s") return std::chrono::seconds{count};
  if (unit == "m") return std::chrono::minutes{count};
  return std::nullopt;
}

std::string format(Milliseconds duration) {
  const auto count = duration.count();
  if (count % 60'000 == 0) return std::to_string(count / 60'000) + "m";
  if (count % 1000 == 0) return std::to_string(count / 1000) + "s";
  return std::to_string(count) + "ms";
}

}  // namespace

Field::Field(const Node& node, std::string key, Problems& problems)
    : node_(&node), key_(std::move(key)), problems_(&problems) {}

bool Field::is_text() const {
  return std::holds_alternative<std::string>(node_->value);
}
bool Field::is_integer() const {
  return std::holds_alternative<std::int64_t>(node_->value);
}
bool Field::is_table() const {
  return std::holds_alternative<Table>(node_->value);
}

bool Field::is_empty_list() const {
  const auto* list = std::get_if<List>(&node_->value);
  return list != nullptr && list->empty();
}

void Field::report(std::string reason, std::string hint) const {
  report_at(node_->at, std::move(reason), std::move(hint));
}

void Field::report_at(Position at, std::string reason, std::string hint) const {
  problems_->add({at, key_, std::move(reason), std::move(hint)});
}

void Field::mismatch(const std::string& what, std::string hint) const {
  report("expected " + what + ", found " + std::visit(Describe{}, node_->value), std::move(hint));
}

void Member::report(std::string reason, std::string hint) const {
  value.report_at(name_at, std::move(reason), std::move(hint));
}

std::optional<std::string> Field::text() const {
  const auto* value = std::get_if<std::string>(&node_->value);
  if (value == nullptr) {
    mismatch("text", "put it in double quotes");
    return std::nullopt;
  }
  if (value->find('\0') != std::string::npos) {
    report("holds a NUL character", "take the \\u0000 out");
    return std::nullopt;
  }
  return *value;
}

std::optional<std::string> Field::word() const {
  auto value = text();
  if (!value) return std::nullopt;
  if (value->empty()) {
    report("is empty", "write a value, or leave the key out");
    return std::nullopt;
  }
  if (has_control(*value)) {
    report("holds a control character: " + in_quotes(*value),
           "write it on one line, without escapes");
    return std::nullopt;
  }
  return value;
}

std::optional<bool> Field::flag() const {
  if (const auto* value = std::get_if<bool>(&node_->value)) return *value;
  mismatch("true or false", "without quotes");
  return std::nullopt;
}

std::optional<std::int64_t> Field::whole(std::int64_t lowest, std::int64_t highest) const {
  const std::string range =
      "a number from " + std::to_string(lowest) + " to " + std::to_string(highest);
  const auto* value = std::get_if<std::int64_t>(&node_->value);
  if (value != nullptr && *value >= lowest && *value <= highest) return *value;
  mismatch(range, is_text() ? "without quotes" : "");
  return std::nullopt;
}

std::optional<Milliseconds> Field::duration(Milliseconds lowest, Milliseconds highest) const {
  constexpr const char* kWhat = "a duration such as \"500ms\", \"10s\" or \"2m\"";
  if (const auto* number = std::get_if<std::int64_t>(&node_->value)) {
    const std::string count = std::to_string(*number);
    mismatch(kWhat, "say which unit: \"" + count + "s\" or \"" + count + "ms\"");
    return std::nullopt;
  }
  const auto* words = std::get_if<std::string>(&node_->value);
  const auto value = words != nullptr ? parse_duration(*words) : std::nullopt;
  if (!value) {
    mismatch(kWhat, "a whole number and ms, s or m, in double quotes");
    return std::nullopt;
  }
  if (*value < lowest || *value > highest) {
    mismatch("a duration from " + format(lowest) + " to " + format(highest), "");
    return std::nullopt;
  }
  return value;
}

std::optional<std::vector<Field>> Field::items(const std::string& example) const {
  const auto* list = std::get_if<List>(&node_->value);
  if (list == nullptr) {
    mismatch("an array", "write " + example);
    return std::nullopt;
  }
  std::vector<Field> result;
  result.reserve(list->size());
  for (const Node& node : *list) result.emplace_back(node, key_, *problems_);
  return result;
}

std::optional<std::vector<Member>> Field::members(const std::string& example) const {
  const auto* table = std::get_if<Table>(&node_->value);
  if (table == nullptr) {
    mismatch("a table", "write " + example);
    return std::nullopt;
  }
  std::vector<Member> result;
  result.reserve(table->size());
  for (const Entry& entry : *table) {
    result.push_back(
        {entry.key, entry.key_at, Field(entry.value, joined(key_, entry.key), *problems_)});
  }
  return result;
}

Section::Section(Field field, std::vector<Member> members)
    : field_(std::move(field)), members_(std::move(members)) {}

std::optional<Section> Section::open(const Field& field, const std::string& example,
                                     std::initializer_list<const char*> known,
                                     const Advice& advice) {
  auto members = field.members(example);
  if (!members) return std::nullopt;
  const std::vector<std::string> names(known.begin(), known.end());
  for (const Member& member : *members) {
    if (std::find(names.begin(), names.end(), member.name) != names.end()) continue;
    std::string otherwise = advice ? advice(member) : "";
    if (otherwise.empty()) otherwise = "known here: " + listed(names);
    member.report("unknown key", suggestion(member.name, names, std::move(otherwise)));
  }
  return Section(field, std::move(*members));
}

std::optional<Field> Section::find(std::string_view name) const {
  for (const Member& member : members_) {
    if (member.name == name) return member.value;
  }
  return std::nullopt;
}

std::optional<Field> Section::require(std::string_view name, std::string hint) const {
  auto found = find(name);
  if (!found) field_.report("has no " + std::string(name), std::move(hint));
  return found;
}

}  // namespace hotseat::config
