#include "config/toml/words.h"

#include <gtest/gtest.h>

#include <array>

namespace hotseat::config {
namespace {

const std::array<std::string, 4> kKnown = {"name", "match", "transport", "optional"};

TEST(Nearest, FindsASlip) {
  EXPECT_EQ(nearest("nmae", kKnown), "name");
  EXPECT_EQ(nearest("Match", kKnown), "match");
  EXPECT_EQ(nearest("transprot", kKnown), "transport");
  EXPECT_EQ(nearest("optionnal", kKnown), "optional");
}

TEST(Nearest, LeavesAnotherWordAlone) {
  EXPECT_EQ(nearest("vendor", kKnown), std::nullopt);
  EXPECT_EQ(nearest("", kKnown), std::nullopt);
  EXPECT_EQ(nearest("x", kKnown), std::nullopt);
}

TEST(Nearest, PrefersTheClosest) {
  const std::array<std::string, 3> inputs = {"HDMI-1", "HDMI-2", "DVI-2"};
  EXPECT_EQ(nearest("HDMI2", inputs), "HDMI-2");
}

TEST(Nearest, IgnoresWordsTooLongToBeASlip) {
  const std::string long_word(100'000, 'a');
  EXPECT_EQ(nearest(long_word, std::array<std::string, 1>{long_word}), std::nullopt);
}

TEST(InQuotes, EscapesWhatWouldActOnATerminal) {
  EXPECT_EQ(in_quotes("a\x1b[31mb\n"), R"("a\x1b[31mb\x0a")");
  EXPECT_EQ(in_quotes("größer"), "\"größer\"");
}

TEST(InQuotes, ShortensBetweenCharacters) {
  std::string umlauts;
  for (int i = 0; i < 40; ++i) umlauts += "ü";
  std::string shortened;
  for (int i = 0; i < 30; ++i) shortened += "ü";
  EXPECT_EQ(in_quotes(umlauts), "\"" + shortened + "…\"");
}

}  // namespace
}  // namespace hotseat::config
