#include "base/words.h"

#include <gmock/gmock.h>

namespace hotseat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Words, TrimmedHasNoBlanksAroundIt) {
  EXPECT_EQ(trimmed("\t a b \t", " \t"), "a b");
  EXPECT_EQ(trimmed("a", " \t"), "a");
  EXPECT_EQ(trimmed(" \t ", " \t"), "");
  EXPECT_EQ(trimmed("", " \t"), "");
}

TEST(Words, OnlyWhatTheCallerSaysIsBlank) {
  EXPECT_EQ(trimmed(" a\r", " \t"), "a\r");
  EXPECT_EQ(trimmed(" a\r", " \t\r"), "a");
  EXPECT_THAT(words_of("a\tb c", " "), ElementsAre("a\tb", "c"));
  EXPECT_THAT(words_of("f(a,b);", "(),;"), ElementsAre("f", "a", "b"));
}

TEST(Words, WordsAreNeverEmpty) {
  EXPECT_THAT(words_of("  one \t two", " \t"), ElementsAre("one", "two"));
  EXPECT_THAT(words_of("one  ", " \t"), ElementsAre("one"));
  EXPECT_THAT(words_of(" \t", " \t"), IsEmpty());
  EXPECT_THAT(words_of("", " \t"), IsEmpty());
}

TEST(Words, PartsMayBe) {
  EXPECT_THAT(parts_of("a.b", '.'), ElementsAre("a", "b"));
  EXPECT_THAT(parts_of(".a..", '.'), ElementsAre("", "a", "", ""));
  EXPECT_THAT(parts_of("", '.'), ElementsAre(""));
}

}  // namespace
}  // namespace hotseat
