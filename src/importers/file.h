// Reading along the lines of a file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

inline constexpr std::size_t kLargestFile = std::size_t{1} << 20;

// Around what stands on a line; files of other systems end theirs with "\r\n".
inline constexpr std::string_view kBlanks = " \t\r\v\f";

// Fails on a file that is too large, or that is not UTF-8.
Expected<void> check(const File& file);

// The lines of a text, which outlives this.
class Lines {
 public:
  explicit Lines(std::string_view text);

  int count() const { return static_cast<int>(lines_.size()); }
  std::string_view operator[](int line) const;  // from 1; empty where there is none

  // What a person has written beside the line or right above it: "keyboard" for "# keyboard".
  std::string comment_near(int line) const;

 private:
  std::vector<std::string_view> lines_;
};

// The line on which `part` is found first; 1 when it is not.
int line_of(std::string_view text, std::string_view part);

}  // namespace hotseat::importers
