#include "importers/file.h"

#include <algorithm>

#include "base/printable.h"
#include "base/words.h"

namespace hotseat::importers {

namespace {

int line_at(std::string_view text, std::size_t place) {
  return 1 +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(place), '\n'));
}

// Where the text stops being UTF-8; npos when it never does.
std::size_t first_fault(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto code = printable_detail::decode(text.substr(at));
    if (code.bytes == 0) return at;
    at += code.bytes;
  }
  return std::string_view::npos;
}

}  // namespace

Expected<void> check(const File& file) {
  if (file.text.size() > kLargestFile) {
    return fail({"import", file.name, "is larger than 1 MiB", "is it the right file?"});
  }
  if (const auto fault = first_fault(file.text); fault != std::string_view::npos) {
    return fail({"import", file.name + ":" + std::to_string(line_at(file.text, fault)),
                 "expected text in UTF-8, found other bytes",
                 "is it the right file? iconv -f ENCODING -t UTF-8 converts text"});
  }
  return {};
}

Lines::Lines(std::string_view text) : lines_(parts_of(text, '\n')) {}

std::string_view Lines::operator[](int line) const {
  if (line < 1 || line > count()) return {};
  return lines_[static_cast<std::size_t>(line - 1)];
}

std::string Lines::comment_near(int line) const {
  const auto here = (*this)[line];
  if (const auto mark = here.find(" #"); mark != std::string_view::npos) {
    return std::string(trimmed(here.substr(mark + 2), kBlanks));
  }
  const auto above = trimmed((*this)[line - 1], kBlanks);
  if (!above.starts_with('#')) return {};
  return std::string(
      trimmed(above.substr(std::min(above.find_first_not_of('#'), above.size())), kBlanks));
}

int line_of(std::string_view text, std::string_view part) {
  const auto place = text.find(part);
  return place == std::string_view::npos ? 1 : line_at(text, place);
}

}  // namespace hotseat::importers
