#include "wire/line_request.h"

#include <charconv>

#include "base/words.h"

namespace hotseat::wire {

namespace {

constexpr std::string_view kBlanks = " \t\r";

// Takes the last word off the text.
std::string_view take_last_word(std::string_view& text) {
  const auto blank = text.find_last_of(kBlanks);
  const auto start = blank == std::string_view::npos ? 0 : blank + 1;
  const std::string_view word = text.substr(start);
  text = trimmed(text.substr(0, start), kBlanks);
  return word;
}

// Four hexadecimal digits.
std::optional<std::uint16_t> number_in(std::string_view text) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (text.size() != 4 || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::optional<LineRequest> old_request(std::string_view line) {
  const std::string_view device = take_last_word(line);
  const std::string_view verb = take_last_word(line);
  if ((verb != "attach" && verb != "detach") || line.empty() || device.size() != 9) return {};
  const auto vendor = number_in(device.substr(0, 4));
  const auto product = number_in(device.substr(5));
  if (!vendor || !product || device[4] != ':') return {};
  LineRequest request;
  request.kind = verb == "attach" ? LineRequest::Kind::attach : LineRequest::Kind::detach;
  request.guest = line;
  request.vendor = *vendor;
  request.product = *product;
  return request;
}

std::optional<LineRequest::Kind> word_alone(std::string_view line) {
  if (line == "next") return LineRequest::Kind::next;
  if (line == "release") return LineRequest::Kind::release;
  if (line == "status") return LineRequest::Kind::status;
  if (line == "help") return LineRequest::Kind::help;
  return {};
}

}  // namespace

tl::expected<LineRequest, std::string> parse_line(std::string_view line) {
  constexpr std::string_view kSwitch = "switch ";
  line = trimmed(line, kBlanks);
  if (auto old = old_request(line)) return *std::move(old);
  LineRequest request;
  if (const auto kind = word_alone(line)) {
    request.kind = *kind;
    return request;
  }
  if (line.starts_with(kSwitch)) {
    request.kind = LineRequest::Kind::switch_to;
    request.target = trimmed(line.substr(kSwitch.size()), kBlanks);
    return request;
  }
  return tl::make_unexpected(std::string("expected: ") + kLineHelp);
}

LineCutter::Cut LineCutter::cut(std::string_view received) {
  Cut cut;
  for (const char byte : received) {
    if (byte == '\n') {
      if (overflown_) {
        ++cut.too_long;
      } else {
        cut.lines.push_back(line_);
      }
      line_.clear();
      overflown_ = false;
    } else if (line_.size() == kLongestLine) {
      overflown_ = true;
    } else {
      line_ += byte;
    }
  }
  return cut;
}

}  // namespace hotseat::wire
