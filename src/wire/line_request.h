// The lines of the Unix socket and of guests' serial ports: what a person types, or a guest's
// shortcut sends.
//
//   VM attach VVVV:PPPP        as the USB server for KVM guests that people came from has it:
//   VM detach VVVV:PPPP        no answer
//   switch TARGET, next, release, status, help                 answered with one line
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hotseat::wire {

inline constexpr std::size_t kLongestLine = 256;  // bytes, without its end

struct LineRequest {
  enum class Kind { attach, detach, switch_to, next, release, status, help };
  Kind kind = Kind::help;
  std::string guest;  // of attach and detach: a domain's name, which may have blanks
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::string target;  // of switch_to
  bool operator==(const LineRequest&) const = default;
};

// Blanks around the line do not count; Windows' echo leaves one. The error says what was expected,
// and repeats nothing of what was sent.
tl::expected<LineRequest, std::string> parse_line(std::string_view line);

inline constexpr const char* kLineHelp =
    "switch TARGET, next, release, status, help; VM attach VVVV:PPPP, VM detach VVVV:PPPP";

// Cuts a stream into lines. One that is too long is left out as a whole.
class LineCutter {
 public:
  struct Cut {
    std::vector<std::string> lines;
    std::size_t too_long = 0;  // lines that were left out
  };
  Cut cut(std::string_view received);

 private:
  std::string line_;
  bool overflown_ = false;
};

}  // namespace hotseat::wire
