#include "apps/cli/ssh_request.h"

#include <string>
#include <vector>

#include "base/words.h"

namespace hotseat::cli {

namespace {

using wire::LineRequest;
using Words = std::vector<std::string_view>;

bool is_script(std::string_view word) {
  return word.substr(word.rfind('/') + 1) == "vm-attach.sh";
}

// The script moved things to the first guest that ran; without "attach" it took them back.
std::optional<std::string> target_of_script(Words words) {
  if (!words.empty() && words.front() == "sudo") words.erase(words.begin());
  const bool named = !words.empty() && is_script(words.front());
  if (named) words.erase(words.begin());
  if (named && words.empty()) return "host";
  if (words.size() != 1) return std::nullopt;
  if (words.front() == "attach") return "guest";
  if (words.front() == "detach") return "host";
  return std::nullopt;
}

}  // namespace

std::optional<LineRequest> parse_ssh_request(std::string_view text) {
  if (text.size() > wire::kLongestLine) return std::nullopt;
  if (const auto target = target_of_script(words_of(text, " \t\r\n"))) {
    LineRequest request;
    request.kind = LineRequest::Kind::switch_to;
    request.target = *target;
    return request;
  }
  auto request = wire::parse_line(text);
  using Kind = LineRequest::Kind;
  if (!request || request->kind == Kind::attach || request->kind == Kind::detach) return {};
  return *std::move(request);
}

}  // namespace hotseat::cli
