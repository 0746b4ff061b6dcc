#include "wire/capabilities.h"

#include <cctype>
#include <optional>

namespace hotseat::wire {

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!same_letter(text[i], word[i])) return false;
  }
  return text.size() == word.size() || !is_word(text[word.size()]);
}

// What stands between the brackets after `name`; to the end of the text if they never close.
std::string_view group(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && is_word(text[at - 1])) continue;
    if (!starts_with_word(text.substr(at), name)) continue;
    const std::size_t open = text.find_first_not_of(' ', at + name.size());
    if (open == std::string_view::npos || text[open] != '(') continue;
    int depth = 1;
    std::size_t end = open + 1;
    for (; end < text.size(); ++end) {
      if (text[end] == '(') ++depth;
      if (text[end] == ')' && --depth == 0) break;
    }
    return text.substr(open + 1, end - open - 1);
  }
  return {};
}

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

// Reads the inside of vcp(…): bytes at depth 0 are features, at depth 1 values of the last one,
// and deeper brackets (dependent values) are passed over.
class FeatureReader {
 public:
  std::map<std::uint8_t, std::vector<std::uint8_t>> read(std::string_view text) {
    for (const char c : text) take(c);
    end_byte();
    return std::move(features_);
  }

 private:
  void take(char c) {
    if (const auto digit = hex_digit(c)) {
      byte_ = static_cast<std::uint8_t>(byte_ << 4 | *digit);
      if (++digits_ == 2) end_byte();
      return;
    }
    end_byte();
    if (c == '(') ++depth_;
    if (c == ')' && depth_ > 0) --depth_;
  }

  void end_byte() {
    if (digits_ == 0) return;
    if (depth_ == 0) {
      features_[byte_];
      last_ = byte_;
    } else if (depth_ == 1 && last_) {
      features_[*last_].push_back(byte_);
    }
    byte_ = 0;
    digits_ = 0;
  }

  std::map<std::uint8_t, std::vector<std::uint8_t>> features_;
  std::optional<std::uint8_t> last_;
  std::uint8_t byte_ = 0;
  int digits_ = 0;
  int depth_ = 0;
};

}  // namespace

Capabilities parse_capabilities(std::string_view text) {
  return {std::string{group(text, "model")}, std::string{group(text, "mccs_ver")},
          FeatureReader{}.read(group(text, "vcp"))};
}

}  // namespace hotseat::wire
