// What a fuzzer is given, as text, or as several files.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "importers/imported.h"

namespace hotseat::fuzz {

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {data, data + size};
}

// Lines "%% NAME" begin a file of that name; what is in front of the first is called "f".
inline std::vector<importers::File> files_of(const std::uint8_t* data, std::size_t size) {
  std::vector<importers::File> files{{"f", ""}};
  const std::string all = text_of(data, size);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size() - 1) + 1;
    const std::string line = all.substr(at, end - at);
    at = end;
    if (line.starts_with("%% ") && line.ends_with('\n')) {
      files.push_back({line.substr(3, line.size() - 4), ""});
      if (files.back().name.empty()) files.back().name = "f";
    } else {
      files.back().text += line;
    }
  }
  return files;
}

}  // namespace hotseat::fuzz
