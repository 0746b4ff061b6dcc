#include "adapters/commands/output_lines.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"

namespace hotseat::adapters {

OutputLines::OutputLines(std::function<void(const std::string&)> sink) : sink_(std::move(sink)) {}

void OutputLines::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto newline = bytes.find('\n');
    const auto part = bytes.substr(0, newline);
    const auto room = std::min(part.size(), kMaxLine - line_.size());
    line_ += part.substr(0, room);
    cut_ = cut_ || room < part.size();
    if (newline == std::string_view::npos) return;
    end_line();
    bytes.remove_prefix(newline + 1);
  }
}

void OutputLines::end() {
  if (!line_.empty()) end_line();
}

void OutputLines::end_line() {
  std::string line = std::exchange(line_, {});
  const bool cut = std::exchange(cut_, false);
  std::replace(line.begin(), line.end(), '\t', ' ');  // harmless, and common in output
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  if (line.empty()) return;
  last_ = printable(line) + (cut ? "…" : "");
  ++count_;
  if (count_ <= kMaxLines) sink_(last_);
  if (count_ == kMaxLines + 1) sink_("(more output is not logged)");
}

}  // namespace hotseat::adapters
