// What sysfs says in a line.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace hotseat::adapters::evdev {

// Empty when there is no such file.
inline std::string line_in(const std::filesystem::path& file) {
  std::string line;
  std::ifstream stream(file);
  std::getline(stream, line);
  return line;
}

}  // namespace hotseat::adapters::evdev
