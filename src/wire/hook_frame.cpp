#include "wire/hook_frame.h"

#include <array>
#include <cstdint>

namespace hotseat::wire {

namespace {

constexpr std::string_view kMagic = "hotseat1";
constexpr std::size_t kMaxWords = 4096;  // all that is not XML, together
constexpr char kEnd = '\0';              // of each part: neither arguments nor XML can hold it

static_assert(kHookHeader == kMagic.size() + sizeof(std::uint32_t));

}  // namespace

std::string encode(const HookEvent& event) {
  std::string body;
  for (const std::string* part :
       {&event.guest, &event.operation, &event.sub_operation, &event.extra, &event.xml}) {
    body += *part + kEnd;
  }
  std::string frame(kMagic);
  for (unsigned shift = 0; shift < 32; shift += 8) {
    frame += static_cast<char>((body.size() >> shift) & 0xFFU);
  }
  return frame + body;
}

std::optional<std::size_t> body_length(std::string_view header) {
  if (header.size() != kHookHeader || !header.starts_with(kMagic)) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = kHookHeader; i-- > kMagic.size();) {
    length = length << 8U | static_cast<unsigned char>(header[i]);
  }
  if (length == 0 || length > kMaxHookXml + kMaxWords) return std::nullopt;
  return length;
}

std::optional<HookEvent> decode_event(std::string_view body) {
  HookEvent event;
  const std::array<std::string*, 5> parts = {&event.guest, &event.operation, &event.sub_operation,
                                             &event.extra, &event.xml};
  for (std::string* part : parts) {
    const auto end = body.find(kEnd);
    if (end == std::string_view::npos) return std::nullopt;
    *part = body.substr(0, end);
    body.remove_prefix(end + 1);
  }
  if (!body.empty() || event.guest.empty() || event.xml.size() > kMaxHookXml) return std::nullopt;
  return event;
}

std::string encode(const HookAnswer& answer) {
  return (answer.yes ? "+" : "-") + answer.reason;
}

std::optional<HookAnswer> decode_answer(std::string_view text) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  return HookAnswer{text.front() == '+', std::string(text.substr(1))};
}

}  // namespace hotseat::wire
