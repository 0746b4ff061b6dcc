// The sample configuration that is shipped, for the tests that start from it.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

namespace hotseat::config {

inline std::string sample_config() {
  std::ifstream file(HOTSEAT_SAMPLE_CONFIG);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// With every setting switched on that it shows behind a "#" without a space.
inline std::string whole_sample_config() {
  std::istringstream lines(sample_config());
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    const bool setting = line.size() > 1 && line[0] == '#' && line[1] != ' ';
    text += (setting ? line.substr(1) : line) + "\n";
  }
  return text;
}

}  // namespace hotseat::config
