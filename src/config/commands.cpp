#include "config/commands.h"

#include <optional>
#include <string>
#include <utility>

#include "config/limits.h"
#include "config/toml/words.h"

namespace hotseat::config {

namespace {

constexpr const char* kArgvExample = R"(["/usr/bin/program", "argument"])";
constexpr const char* kListExample = R"([["/usr/bin/program", "argument"]])";
constexpr const char* kTableExample = R"({ run = ["/usr/bin/program", "argument"] })";

std::optional<std::vector<std::string>> read_argv(const Field& field) {
  const auto items = field.items(kArgvExample);
  if (!items) return std::nullopt;
  if (items->empty()) {
    field.report("the command is empty", std::string("write ") + kArgvExample);
    return std::nullopt;
  }
  std::vector<std::string> argv;
  for (const Field& item : *items) {
    auto argument = item.text();
    if (!argument) return std::nullopt;
    argv.push_back(std::move(*argument));
  }
  const std::string& program = argv.front();
  if (!program.starts_with('/') || program.ends_with('/')) {
    items->front().report(
        "the program " + in_quotes(program) + " is not an absolute path",
        "PATH is not searched and there is no shell; `command -v NAME` tells the path");
    return std::nullopt;
  }
  return argv;
}

std::optional<CommandSpec> read_command_table(const Field& field) {
  const auto section = Section::open(field, kTableExample, {"run", "timeout", "required"});
  if (!section) return std::nullopt;
  CommandSpec command;
  if (const auto timeout = section->find("timeout")) {
    command.timeout =
        timeout->duration(kShortestTimeout, kLongestTimeout).value_or(command.timeout);
  }
  if (const auto required = section->find("required")) {
    command.required = required->flag().value_or(command.required);
  }
  const auto run = section->require("run", std::string("write ") + kTableExample);
  if (!run) return std::nullopt;
  auto argv = read_argv(*run);
  if (!argv) return std::nullopt;
  command.argv = std::move(*argv);
  return command;
}

std::optional<CommandSpec> read_command(const Field& field) {
  if (field.is_text()) {
    field.mismatch("a command as an array",
                   std::string("commands do not go through a shell; write ") + kListExample);
    return std::nullopt;
  }
  if (field.is_table()) return read_command_table(field);
  auto argv = read_argv(field);
  if (!argv) return std::nullopt;
  CommandSpec command;
  command.argv = std::move(*argv);
  return command;
}

}  // namespace

std::vector<CommandSpec> read_commands(const Section& section, const char* name) {
  std::vector<CommandSpec> commands;
  const auto field = section.find(name);
  if (!field) return commands;
  const auto items = field->items(kListExample);
  if (!items) return commands;
  for (const Field& item : *items) {
    if (auto command = read_command(item)) {
      commands.push_back(std::move(*command));
    } else if (item.is_text()) {
      break;  // a forgotten pair of brackets: once is enough
    }
  }
  return commands;
}

}  // namespace hotseat::config
