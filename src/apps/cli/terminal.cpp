#include "apps/cli/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace hotseat::cli {

namespace {

// ECMA-48, 8.3.117: Select Graphic Rendition.
const char* sgr(Paint paint) {
  switch (paint) {
    case Paint::none:
      return "";
    case Paint::strong:
      return "\033[1m";
    case Paint::dim:
      return "\033[2m";
    case Paint::good:
      return "\033[32m";
    case Paint::bad:
      return "\033[31m";
    case Paint::warning:
      return "\033[33m";
  }
  return "";
}

// Only C0 and DEL: the bytes of UTF-8 sequences are all above.
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::string Style::paint(Paint paint, const std::string& text) const {
  if (!colour_ || paint == Paint::none || text.empty()) return text;
  return sgr(paint) + text + "\033[0m";
}

bool wants_colour(int fd) {
  // One thread, and nothing here changes the environment.
  const char* refused = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe)
  const char* term = std::getenv("TERM");         // NOLINT(concurrency-mt-unsafe)
  if (refused != nullptr && *refused != '\0') return false;
  if (term == nullptr || std::string_view(term) == "dumb") return false;
  return isatty(fd) == 1;
}

bool can_ask() {
  return isatty(STDIN_FILENO) == 1;
}

bool ask(std::ostream& out, const std::string& question) {
  out << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

std::string printable(std::string_view text) {
  std::string clean(text);
  std::replace_if(clean.begin(), clean.end(), is_control, '?');
  return clean;
}

std::string printable_lines(std::string_view text) {
  std::string clean(text);
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return c != '\n' && is_control(c); }, '?');
  return clean;
}

std::size_t width(std::string_view text) {
  // Bytes 10xxxxxx continue a code point (RFC 3629, 3).
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

}  // namespace hotseat::cli
