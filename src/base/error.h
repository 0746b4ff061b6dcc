// What went wrong, told so that a person can act on it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace hotseat {

// An error crosses a port as data. `context` is what was being done ("attach keyboard to win11"),
// `object` what it was done to (a file, line, key, device, bus or domain), `reason` what happened,
// `hint` what the person can do; object and hint may be empty.
struct Error {
  std::string context;
  std::string object;
  std::string reason;
  std::string hint;

  bool operator==(const Error&) const = default;
};

// "context: object: reason (hint)", leaving out what is empty.
inline std::string to_string(const Error& error) {
  std::string text;
  for (const std::string* part : {&error.context, &error.object, &error.reason}) {
    if (part->empty()) continue;
    if (!text.empty()) text += ": ";
    text += *part;
  }
  if (!error.hint.empty()) text += " (" + error.hint + ")";
  return text;
}

// Library choice: std::expected needs a newer clang-tidy than Debian 12 has; tl::expected is its
// reference implementation with the same interface.
template <typename T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) {
  return tl::make_unexpected(std::move(error));
}

}  // namespace hotseat
