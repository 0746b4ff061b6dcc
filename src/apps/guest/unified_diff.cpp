#include "apps/guest/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hotseat::guest {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;

// Comparing every line with every other: parts larger than this (lines of the one times lines of
// the other) are shown as one replaced by the other.
constexpr std::size_t kMostPairs = 4'000'000;

enum class Fate : char { kept = ' ', removed = '-', added = '+' };

struct Line {
  Fate fate;
  std::string_view text;  // with its newline
};

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// The part of two texts between what they begin and what they end with alike.
struct Middle {
  std::size_t begin = 0;
  std::size_t before_end = 0;
  std::size_t after_end = 0;
};

Middle middle_of(const Lines& before, const Lines& after) {
  Middle middle{0, before.size(), after.size()};
  const auto shorter = std::min(before.size(), after.size());
  while (middle.begin < shorter && before[middle.begin] == after[middle.begin]) ++middle.begin;
  while (middle.before_end > middle.begin && middle.after_end > middle.begin &&
         before[middle.before_end - 1] == after[middle.after_end - 1]) {
    --middle.before_end;
    --middle.after_end;
  }
  return middle;
}

// Of the middles: how many lines the longest common subsequence of what follows two places has.
class CommonLines {
 public:
  CommonLines(const Lines& before, const Lines& after, const Middle& middle)
      : middle_(middle), width_(middle.after_end - middle.begin + 1) {
    const auto height = middle.before_end - middle.begin + 1;
    if (height * width_ > kMostPairs) return;
    counts_.resize(height * width_);
    for (auto i = middle.before_end; i-- > middle.begin;) {
      for (auto j = middle.after_end; j-- > middle.begin;) {
        counts_[index(i, j)] =
            before[i] == after[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }

  std::uint32_t at(std::size_t i, std::size_t j) const {
    return counts_.empty() ? 0 : counts_[index(i, j)];
  }

 private:
  std::size_t index(std::size_t i, std::size_t j) const {
    return (i - middle_.begin) * width_ + (j - middle_.begin);
  }

  Middle middle_;
  std::size_t width_;
  std::vector<std::uint32_t> counts_;
};

std::vector<Line> compare(const Lines& before, const Lines& after) {
  const Middle middle = middle_of(before, after);
  const CommonLines common(before, after, middle);
  std::vector<Line> script;
  const auto keep = [&](std::size_t from, std::size_t to) {
    for (; from < to; ++from) script.push_back({Fate::kept, before[from]});
  };
  keep(0, middle.begin);
  auto i = middle.begin;
  auto j = middle.begin;
  while (i < middle.before_end || j < middle.after_end) {
    const bool both = i < middle.before_end && j < middle.after_end;
    if (both && before[i] == after[j]) {
      script.push_back({Fate::kept, before[i++]});
      ++j;
    } else if (j == middle.after_end || (both && common.at(i + 1, j) >= common.at(i, j + 1))) {
      script.push_back({Fate::removed, before[i++]});
    } else {
      script.push_back({Fate::added, after[j++]});
    }
  }
  keep(middle.before_end, before.size());
  return script;
}

// Lines of the script that are shown together.
struct Hunk {
  std::size_t begin;
  std::size_t end;
};

std::vector<Hunk> hunks_of(const std::vector<Line>& script) {
  std::vector<Hunk> hunks;
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (script[i].fate == Fate::kept) continue;
    const Hunk around{i - std::min(i, kContext), std::min(script.size(), i + kContext + 1)};
    if (hunks.empty() || around.begin > hunks.back().end) {
      hunks.push_back(around);
    } else {
      hunks.back().end = around.end;
    }
  }
  return hunks;
}

// "12,7": where a hunk stands in the text that has no lines of fate `absent`.
std::string range(const std::vector<Line>& script, const Hunk& hunk, Fate absent) {
  const auto count = [&](std::size_t from, std::size_t to) {
    const auto at = [&](std::size_t i) { return script.begin() + static_cast<std::ptrdiff_t>(i); };
    return std::count_if(at(from), at(to), [&](const Line& line) { return line.fate != absent; });
  };
  const auto length = count(hunk.begin, hunk.end);
  // Of nothing, the line before is told (POSIX, diff).
  const auto first = count(0, hunk.begin) + (length == 0 ? 0 : 1);
  return length == 1 ? std::to_string(first) : std::to_string(first) + "," + std::to_string(length);
}

std::string shown(const Line& line) {
  std::string text(1, static_cast<char>(line.fate));
  text += line.text;
  return line.text.ends_with('\n') ? text : text + "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after,
                         const std::string& before_name, const std::string& after_name) {
  if (before == after) return "";
  const auto script = compare(lines_of(before), lines_of(after));
  std::string text = "--- " + before_name + "\n+++ " + after_name + "\n";
  for (const Hunk& hunk : hunks_of(script)) {
    text += "@@ -" + range(script, hunk, Fate::added) + " +" + range(script, hunk, Fate::removed) +
            " @@\n";
    for (auto i = hunk.begin; i < hunk.end; ++i) text += shown(script[i]);
  }
  return text;
}

}  // namespace hotseat::guest
