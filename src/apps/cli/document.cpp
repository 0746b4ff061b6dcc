#include "apps/cli/document.h"

#include <array>
#include <cstdio>

#include "apps/cli/terminal.h"
#include "base/printable.h"

namespace hotseat::cli {

Json parse_document(const std::string& text) {
  return Json::parse(text);
}

tl::unexpected<Failure> not_utf8(const std::string& word) {
  return fail_with(ExitStatus::usage,
                   {"\"" + printable(word) + "\"", "", "is no name: it must be valid UTF-8", ""});
}

Result<std::string> request_text(const Json& request) {
  const Json values = request.flatten();
  for (const Json& value : values) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text != nullptr && !is_utf8(*text)) return not_utf8(*text);
  }
  return request.dump();
}

std::string text_of(const Json& object, const char* key) {
  const Json& value = object.at(key);
  return value.is_null() ? "" : printable(value.get_ref<const std::string&>());
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string duration_text(double milliseconds) {
  std::array<char, 32> text{};
  if (milliseconds < 9.95) {
    std::snprintf(text.data(), text.size(), "%.1f ms", milliseconds);
  } else if (milliseconds < 9999.5) {
    std::snprintf(text.data(), text.size(), "%.0f ms", milliseconds);
  } else {
    std::snprintf(text.data(), text.size(), "%.1f s", milliseconds / 1000);
  }
  return text.data();
}

}  // namespace hotseat::cli
