// How often a text has a part in it.
#pragma once

#include <cstddef>
#include <string_view>

namespace hotseat::test {

inline std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

}  // namespace hotseat::test
