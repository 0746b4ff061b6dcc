// Lines of guests: cut and read, whatever comes in whatever pieces.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "wire/line_request.h"

using namespace hotseat::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  LineCutter cutter;
  while (!rest.empty()) {
    // The first byte says how long the next piece is.
    const auto length = std::size_t{static_cast<unsigned char>(rest.front())} + 1;
    rest.remove_prefix(1);
    const auto cut = cutter.cut(rest.substr(0, length));
    rest.remove_prefix(std::min(length, rest.size()));
    for (const std::string& line : cut.lines) {
      if (line.size() > kLongestLine || line.find('\n') != std::string::npos) std::abort();
      const auto request = parse_line(line);
      if (request && request->guest.find('\n') != std::string::npos) std::abort();
    }
  }
  return 0;
}
