#include "importers/script_direction.h"

#include <algorithm>
#include <string_view>

namespace hotseat::importers {

namespace {

Direction opposite(Direction direction) {
  if (direction == Direction::unknown) return direction;
  return direction == Direction::to_guest ? Direction::to_host : Direction::to_guest;
}

Direction named(std::string_view word) {
  if (word == "attach") return Direction::to_guest;
  return word == "detach" ? Direction::to_host : Direction::unknown;
}

// [ "$1" == "attach" ], [[ $1 != detach ]]
Direction of_condition(const ShellCommand& command) {
  Direction found = Direction::unknown;
  bool negated = false;
  for (const ShellWord& word : command.words) {
    if (word.text == "!=" || word.text == "!") negated = !negated;
    if (named(word.text) != Direction::unknown) found = named(word.text);
  }
  return negated ? opposite(found) : found;
}

}  // namespace

Direction ScriptDirection::current() const {
  for (auto branch = branches_.rbegin(); branch != branches_.rend(); ++branch) {
    if (*branch != Direction::unknown) return *branch;
  }
  return pattern_;
}

void ScriptDirection::follow_case(const ShellCommand& command) {
  if (command.words.empty()) return;
  const std::string_view first = command.words.front().text;
  if (first == "case") in_case_ = true;
  if (first == "esac") in_case_ = false;
  const bool is_pattern = in_case_ && (command.end == ')' || command.end == '|');
  if (is_pattern || first == "esac") pattern_ = named(command.words.back().text);
}

Direction ScriptDirection::follow(const ShellCommand& command) {
  follow_case(command);
  std::string_view first;
  if (!command.words.empty()) first = command.words.front().text;
  if (first == "if") branches_.push_back(of_condition(command));
  if (first == "elif" && !branches_.empty()) branches_.back() = of_condition(command);
  if (first == "else" && !branches_.empty()) branches_.back() = opposite(branches_.back());
  if (first == "fi" && !branches_.empty()) branches_.pop_back();
  if (first == "function" || (command.end == '(' && command.words.size() == 1)) in_function_ = true;
  const Direction here = current();
  if (first == "}") in_function_ = false;
  if (command.end == 'D') pattern_ = Direction::unknown;
  return here;
}

}  // namespace hotseat::importers
