// Broken files: whatever stands in one, it is read or refused with a place in it, never a crash.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "config/config.h"
#include "sample.h"

namespace hotseat::config {
namespace {

constexpr const char* kPieces[] = {"[",
                                   "]",
                                   "[[",
                                   "]]",
                                   "{",
                                   "}",
                                   "=",
                                   ".",
                                   ",",
                                   "\"",
                                   "'",
                                   "\"\"\"",
                                   "\n",
                                   "\r",
                                   "#",
                                   "\\u0000",
                                   "\\",
                                   "0x",
                                   "-1",
                                   "1e9",
                                   "99999999999999999999",
                                   "true",
                                   "1979-05-27",
                                   "\xff",
                                   "\xc3",
                                   "é",
                                   "[guest.x]\n",
                                   "[[device]]\n",
                                   "match = {}",
                                   "[seat]\n",
                                   "\"host\"",
                                   "[[\"/a\"]]",
                                   "\xEF\xBB\xBF"};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (std::size_t left = 1 + below(8); left > 0; --left) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(below(40), text.size() - at);
    switch (below(5)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, kPieces[below(std::size(kPieces))]);
        break;
      case 2:
        text.insert(below(text.size() + 1), std::string(text, at, length));
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      default:
        text.resize(at + length);
        break;
    }
  }

  std::mt19937 random_;
};

// "FILE:LINE:COLUMN" with a line that the text has.
bool points_into(const std::string& object, const std::string& text) {
  const std::string prefix = "m.toml:";
  if (!object.starts_with(prefix)) return false;
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  const long line = std::stol(object.substr(prefix.size()));
  return line >= 1 && line <= lines;
}

TEST(Mutation, EveryBrokenFileIsReadOrRefusedWithAPlaceInIt) {
  const std::string sample = whole_sample_config();
  for (unsigned seed = 0; seed < 600; ++seed) {
    const std::string text = Mutator(seed).mutate(sample);
    const auto seat = parse(text, "m.toml");
    if (seat) continue;
    EXPECT_TRUE(points_into(seat.error().object, text))
        << "seed " << seed << ": " << seat.error().object;
    EXPECT_NE(seat.error().reason, "") << "seed " << seed;
  }
}

TEST(Mutation, AnyPartOfTheFileAloneIsReadOrRefused) {
  const std::string sample = whole_sample_config();
  for (std::size_t length = 0; length < sample.size(); length += 7) {
    const std::string text = sample.substr(0, length);
    const auto seat = parse(text, "m.toml");
    if (seat) continue;
    EXPECT_TRUE(points_into(seat.error().object, text)) << "length " << length;
  }
}

TEST(Mutation, NestingWithoutEndIsRefused) {
  for (const char* level : {"a.", "[", "{a="}) {
    std::string text = "x = ";
    if (std::string_view(level) == "a.") text.clear();
    for (int depth = 0; depth < 200'000; ++depth) text += level;
    EXPECT_FALSE(parse(text + "a = 1\n", "m.toml")) << level;
  }
}

TEST(Mutation, TheDeepestNestingThatIsTakenFitsTheStack) {
  std::string text;
  for (int depth = 0; depth < 4999; ++depth) text += "a.";
  EXPECT_FALSE(parse(text + "a = 1\n", "m.toml"));  // an unknown key, found the usual way
}

}  // namespace
}  // namespace hotseat::config
