#include "importers/shell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;

// Words in <>, those with expansions in {}; assignments in front, files behind.
std::string shown(const ShellWord& word) {
  return word.plain ? "<" + word.text + ">" : "{" + word.text + "}";
}

std::vector<std::string> read(const std::string& script) {
  std::vector<std::string> all;
  const auto commands = parse_shell({"s", script});
  if (!commands) return {"error " + commands.error().object};
  for (const ShellCommand& command : *commands) {
    std::string text;
    for (const auto& assignment : command.assignments) {
      text += assignment.name + (assignment.adds ? "+=" : "=") + (assignment.is_array ? "(" : "");
      for (const auto& value : assignment.values) text += shown(value);
      if (assignment.is_array) text += ")";
    }
    for (const auto& word : command.words) text += shown(word);
    for (const auto& target : command.targets) text += ">" + shown(target);
    for (const auto& document : command.documents) text += "|" + shown(document);
    all.push_back(text);
  }
  return all;
}

TEST(Shell, ReadsWordsAndQuotes) {
  EXPECT_THAT(read("a 'b c' \"d \\\"e\\\" f\" g\\ h 'i'j"),
              ElementsAre("<a><b c><d \"e\" f><g h><ij>"));
  EXPECT_THAT(read("a \\\n b # c\n#d\ne"), ElementsAre("<a><b>", "<e>"));
}

TEST(Shell, KeepsExpansionsAsTheyStand) {
  EXPECT_THAT(read("a $b \"--x=${y}\" $(c \"d)\" $(e)) `f g` $1 '$h' \\$i $"),
              ElementsAre("<a>{$b}{--x=${y}}{$(c \"d)\" $(e))}{`f g`}{$1}<$h><$i><$>"));
}

TEST(Shell, ReadsAssignments) {
  EXPECT_THAT(read("a=1 b='x y' c"), ElementsAre("a=<1>b=<x y><c>"));
  EXPECT_THAT(read("x a=1"), ElementsAre("<x><a=1>"));
  EXPECT_THAT(read("declare -a d=(1 # one\n 2)\nlocal e=$1\nf+=(3)"),
              ElementsAre("d=(<1><2>)<declare><-a>", "e={$1}<local>", "f+=(<3>)"));
  EXPECT_THAT(read("a= b"), ElementsAre("a=<><b>"));
  EXPECT_THAT(read("1a=b a-b=c"), ElementsAre("<1a=b><a-b=c>"));
}

TEST(Shell, EndsCommands) {
  EXPECT_THAT(read("a;b&&c||d|e&f"), ElementsAre("<a>", "<b>", "<c>", "<d>", "<e>", "<f>"));
  EXPECT_THAT(read("case $1 in x|y) a;; esac"),
              ElementsAre("<case>{$1}<in><x>", "<y>", "<a>", "<esac>"));
  EXPECT_THAT(read("f() { a; }"), ElementsAre("<f>", "<{><a>", "<}>"));
}

TEST(Shell, ReadsRedirections) {
  EXPECT_THAT(read("a >b 2>&1 2>/c <d >>$e &>f"), ElementsAre("<a>><b>></c>>{$e}><f>"));
  EXPECT_THAT(read("cat <<E >f\nx $y\nE\nb <<'E'\n$z\nE\nc <<< d"),
              ElementsAre("<cat>><f>|{x $y\n}", "<b>|<$z\n>", "<c>"));
  EXPECT_THAT(read("a <<"), ElementsAre("<a>"));
}

TEST(Shell, TellsWhatIsNeverClosed) {
  EXPECT_THAT(read("\n'a"), ElementsAre("error s:2"));
  EXPECT_THAT(read("\"a"), ElementsAre("error s:1"));
  EXPECT_THAT(read("a=(\nb\n"), ElementsAre("error s:1"));
  EXPECT_THAT(read("x\n$(a"), ElementsAre("error s:2"));
  EXPECT_THAT(read("${a"), ElementsAre("error s:1"));
  EXPECT_THAT(read("`a"), ElementsAre("error s:1"));
}

TEST(Shell, KnowsItsLines) {
  const auto commands = parse_shell({"s", "a\n\nb='\n\n'\nc \\\nd"});
  ASSERT_TRUE(commands);
  ASSERT_EQ(commands->size(), 3U);
  EXPECT_EQ((*commands)[0].line, 1);
  EXPECT_EQ((*commands)[1].assignments[0].line, 3);
  EXPECT_EQ((*commands)[2].line, 6);
  EXPECT_EQ((*commands)[2].words[1].line, 7);
}

}  // namespace
}  // namespace hotseat::importers
