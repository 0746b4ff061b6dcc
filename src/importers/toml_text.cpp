#include "importers/toml_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/printable.h"

namespace hotseat::importers {

namespace {

constexpr std::size_t kWidth = 98;

bool is_bare(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

// TOML 1.0, "String": quotes, backslashes and control characters but tab have to be escaped.
std::string escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7f) return {c};
  std::array<char, 7> text{};
  std::snprintf(text.data(), text.size(), "\\u%04X", byte);
  return text.data();
}

}  // namespace

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  while (!text.empty()) {
    const auto code = printable_detail::decode(text);
    if (code.bytes == 0) {
      result += "\xEF\xBF\xBD";
    } else if (code.bytes == 1) {
      result += escaped(text.front());
    } else {
      result += text.substr(0, code.bytes);
    }
    text.remove_prefix(code.bytes == 0 ? 1 : code.bytes);
  }
  return result + "\"";
}

std::string toml_key(std::string_view key) {
  return is_bare(key) ? std::string(key) : toml_string(key);
}

std::string toml_array(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) {
    if (!result.empty()) result += ", ";
    result += toml_string(text);
  }
  return "[" + result + "]";
}

std::string toml_comment(std::string_view text) {
  const std::string safe = printable(text);
  std::string result;
  std::string line = "#";
  for (std::string_view rest = safe; !rest.empty();) {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    if (line.size() + 1 + word.size() > kWidth && line != "#") {
      result += line + "\n";
      line = "#";
    }
    line += " " + std::string(word);
  }
  return result + line + "\n";
}

}  // namespace hotseat::importers
