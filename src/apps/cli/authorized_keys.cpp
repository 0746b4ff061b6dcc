#include "apps/cli/authorized_keys.h"

namespace hotseat::cli {

namespace {

std::string command_of(const std::string& name) {
  return " ssh-door " + name;
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace

std::string authorized_line(const std::string& program, const std::string& name,
                            const std::string& only, std::string_view public_key) {
  return "restrict,command=\"" + program + command_of(name) + (only.empty() ? "" : " " + only) +
         "\" " + std::string(first_line(public_key)) + "\n";
}

std::string with_key(std::string_view file, const std::string& name, const std::string& line) {
  std::string kept = without_key(file, name);
  if (!kept.empty() && kept.back() != '\n') kept += '\n';
  return kept + line;
}

std::string without_key(std::string_view file, const std::string& name) {
  const std::string command = command_of(name);
  std::string kept;
  while (!file.empty()) {
    const auto end = file.find('\n');
    const std::string_view line = file.substr(0, end == std::string_view::npos ? end : end + 1);
    const bool is_its = line.starts_with("restrict,command=\"") &&
                        (line.find(command + "\"") != std::string_view::npos ||
                         line.find(command + " ") != std::string_view::npos);
    if (!is_its) kept += line;
    file.remove_prefix(line.size());
  }
  return kept;
}

}  // namespace hotseat::cli
