#include "importers/script_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace hotseat::importers {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::size_t kLongestCommand = 80;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

}  // namespace

bool is_prefix(std::string_view word) {
  constexpr std::array<std::string_view, 11> kPrefixes{
      "then", "do", "else", "{", "!", "time", "sudo", "exec", "command", "-n", "coproc"};
  return is_one_of(word, kPrefixes);
}

bool is_machinery(std::string_view word) {
  constexpr std::array<std::string_view, 33> kWords{
      "if",       "elif",     "fi",      "for",    "while",   "until", "done",  "case",  "esac",
      "select",   "function", "}",       "[",      "[[",      "]]",    "test",  "local", "shift",
      "exit",     "return",   "true",    "false",  ":",       "set",   "shopt", "break", "continue",
      "readonly", "unset",    "declare", "export", "typeset", "read"};
  return is_one_of(word, kWords);
}

bool is_writer(std::string_view word) {
  constexpr std::array<std::string_view, 4> kWords{"echo", "printf", "cat", "tee"};
  return is_one_of(word, kWords);
}

bool names_guest(std::string_view variable) {
  constexpr std::array<std::string_view, 9> kNames{
      "vmname", "vm_name", "vm", "domain", "dom", "guest", "name", "guest_name", "domain_name"};
  return is_one_of(lower(variable), kNames);
}

bool names_devices(std::string_view variable) {
  return lower(variable).find("dev") != std::string::npos;
}

bool is_virsh_question(std::string_view word) {
  constexpr std::array<std::string_view, 6> kWords{"list",  "domstate", "dominfo",
                                                   "domid", "dumpxml",  "nodedev-list"};
  return is_one_of(word, kWords);
}

bool uses_argument(std::string_view text) {
  for (auto at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    auto rest = text.substr(at + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (rest.find_first_of("123456789@*#") == 0) return true;
  }
  return false;
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string joined(const std::vector<ShellWord>& words) {
  std::string text;
  for (const ShellWord& word : words) {
    if (!text.empty()) text += ' ';
    text += word.text;
    if (text.size() > kLongestCommand) return text.substr(0, kLongestCommand) + "...";
  }
  return text;
}

}  // namespace hotseat::importers
