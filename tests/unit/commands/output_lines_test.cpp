#include "adapters/commands/output_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace hotseat::adapters {
namespace {

using testing::ElementsAre;

struct OutputLinesTest : testing::Test {
  std::vector<std::string> seen;
  OutputLines lines{[this](const std::string& line) { seen.push_back(line); }};
};

TEST_F(OutputLinesTest, JoinsWhatComesInPieces) {
  lines.add("he");
  lines.add("llo\nwor");
  lines.add("ld");
  EXPECT_THAT(seen, ElementsAre("hello"));
  lines.end();
  EXPECT_THAT(seen, ElementsAre("hello", "world"));
}

TEST_F(OutputLinesTest, LeavesOutBlankLinesAndCarriageReturns) {
  lines.add("\n\r\n  \na\r\n");
  lines.end();
  EXPECT_THAT(seen, ElementsAre("a"));
}

TEST_F(OutputLinesTest, EscapesControlCharacters) {
  lines.add("\x1b[31mred\n");
  EXPECT_THAT(seen, ElementsAre("\\x1b[31mred"));
}

TEST_F(OutputLinesTest, CutsLongLinesAndGoesOnWithTheNext) {
  lines.add(std::string(OutputLines::kMaxLine - 1, 'x'));
  lines.add("yz");
  lines.add("z\nnext\n");
  EXPECT_THAT(seen, ElementsAre(std::string(OutputLines::kMaxLine - 1, 'x') + "y…", "next"));
}

TEST_F(OutputLinesTest, StopsAfterSoManyLinesAndSaysSoOnce) {
  for (std::size_t i = 0; i < OutputLines::kMaxLines + 10; ++i) lines.add("again\n");
  lines.add("the end\n");
  EXPECT_EQ(seen.size(), OutputLines::kMaxLines + 1);
  EXPECT_EQ(seen.back(), "(more output is not logged)");
  EXPECT_EQ(lines.last(), "the end");
}

}  // namespace
}  // namespace hotseat::adapters
