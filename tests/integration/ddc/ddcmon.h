// The lab's simulated monitors as a test handles them (see lab/README.md, /sys/class/ddcmon).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace hotseat::lab {

class DdcMon {
 public:
  struct Message {
    std::chrono::steady_clock::time_point when;  // its last byte was taken
    std::string bytes;                           // "51 84 03 60 00 11 c9"
    std::string verdict;                         // "ok", "ignored", "nacked", "bad-checksum"
  };

  explicit DdcMon(int index) : directory_("/sys/class/ddcmon/mon" + std::to_string(index)) {}

  // Plugged in, faultless, showing this input, nothing in its log.
  void reset(std::uint8_t input) const {
    write("plugged", "1");
    write("fault", "none");
    write("input", std::to_string(input));
    write("clear", "1");
  }

  void fault(const std::string& faults) const { write("fault", faults); }
  void plug() const { write("plugged", "1"); }
  void unplug() const { write("plugged", "0"); }
  void clear() const { write("clear", "1"); }
  int bus() const { return std::stoi(read("bus")); }
  std::uint8_t input() const {
    return static_cast<std::uint8_t>(std::stoul(read("input"), nullptr, 0));
  }

  std::vector<Message> log() const {
    std::vector<Message> messages;
    std::istringstream lines(read("log"));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t first = line.find(' ');
      const std::size_t last = line.rfind(' ');
      const std::chrono::nanoseconds when(std::stoll(line.substr(0, first)));
      messages.push_back({std::chrono::steady_clock::time_point(when),
                          line.substr(first + 1, last - first - 1), line.substr(last + 1)});
    }
    return messages;
  }

 private:
  std::string read(const std::string& attribute) const {
    std::ostringstream text;
    text << std::ifstream(directory_ / attribute).rdbuf();
    return text.str();
  }

  void write(const std::string& attribute, const std::string& text) const {
    std::ofstream file(directory_ / attribute);
    file << text << std::flush;
    if (!file) throw std::runtime_error((directory_ / attribute).string() + " refuses " + text);
  }

  std::filesystem::path directory_;
};

}  // namespace hotseat::lab
