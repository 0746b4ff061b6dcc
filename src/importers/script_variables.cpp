#include "importers/script_variables.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hotseat::importers {

namespace {

constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

}  // namespace

void ScriptVariables::set(const std::string& name, const std::string& value, int line, bool used) {
  const auto [known, is_new] = variables_.try_emplace(name, Variable{value, line, used});
  if (is_new) return;
  if (!known->second.used) {
    draft_->leave_out({file_, known->second.line, name},
                      "line " + std::to_string(line) + " sets it again before it is used",
                      "nothing, or remove one of the two");
  }
  known->second = {value, line, used};
}

std::optional<std::string> ScriptVariables::expand(const ShellWord& word) {
  if (word.plain) return word.text;
  std::string result;
  for (std::string_view rest = word.text; !rest.empty();) {
    const auto dollar = std::min(rest.find_first_of("$`"), rest.size());
    result += rest.substr(0, dollar);
    rest.remove_prefix(dollar);
    if (rest.empty()) break;
    const bool braces = rest.starts_with("${");
    rest.remove_prefix(braces ? 2 : 1);
    const auto length = std::min(rest.find_first_not_of(kNameCharacters), rest.size());
    const auto known = variables_.find(std::string(rest.substr(0, length)));
    rest.remove_prefix(length);
    if (known == variables_.end() || (braces && !rest.starts_with('}'))) return std::nullopt;
    if (braces) rest.remove_prefix(1);
    known->second.used = true;
    result += known->second.value;
  }
  return result;
}

void ScriptVariables::report_unused() const {
  for (const auto& [name, variable] : variables_) {
    if (variable.used) continue;
    draft_->leave_out({file_, variable.line, name}, "is not understood",
                      "if it matters, find its place in hotseat.toml(5)");
  }
}

}  // namespace hotseat::importers
