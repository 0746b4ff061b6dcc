#include "apps/guest/unified_diff.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace hotseat::guest {
namespace {

TEST(UnifiedDiff, OfEqualTextsIsEmpty) {
  EXPECT_EQ(unified_diff("a\nb\n", "a\nb\n", "x", "y"), "");
  EXPECT_EQ(unified_diff("", "", "x", "y"), "");
}

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(
      unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "old", "new"),
      "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, ShowsWhatWasAddedInItsPlace) {
  EXPECT_EQ(unified_diff("a\nb\n", "a\nnew\nb\n", "old", "new"),
            "--- old\n+++ new\n@@ -1,2 +1,3 @@\n a\n+new\n b\n");
}

TEST(UnifiedDiff, OfNothingNamesLineZero) {
  EXPECT_EQ(unified_diff("", "a\n", "old", "new"), "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(unified_diff("a\n", "", "old", "new"), "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n");
}

TEST(UnifiedDiff, TellsThatTheLastNewlineIsMissing) {
  EXPECT_EQ(unified_diff("a\n", "a", "old", "new"),
            "--- old\n+++ new\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
}

TEST(UnifiedDiff, KeepsPlacesThatAreFarApart) {
  const std::string middle = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const auto text = unified_diff("a\n" + middle + "b\n", "A\n" + middle + "B\n", "x", "y");
  EXPECT_EQ(text,
            "--- x\n+++ y\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
            "@@ -8,4 +8,4 @@\n 7\n 8\n 9\n-b\n+B\n");
}

TEST(UnifiedDiff, OfHugeTextsIsGivenUpAndStillRight) {
  std::string before;
  std::string after;
  for (int i = 0; i < 3000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  const auto text = unified_diff(before, after, "x", "y");
  EXPECT_NE(text.find("@@ -1,3000 +1,3000 @@\n-a0\n"), std::string::npos);
}

// patch(1), where there is one, makes the one text of the other.
TEST(UnifiedDiff, IsUnderstoodByPatch) {
  if (std::system("patch --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no patch(1) here";
  std::string name = std::filesystem::temp_directory_path() / "hotseat-diff-XXXXXX";
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  const std::filesystem::path directory = name;
  std::mt19937 random(1);  // NOLINT(bugprone-random-generator-seed): the same texts every time
  const auto text = [&] {
    std::string lines;
    for (auto count = random() % 30; count > 0; --count)
      lines += std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
    return lines;
  };
  for (int i = 0; i < 60; ++i) {
    const auto before = text();
    const auto after = text();
    std::ofstream(directory / "file") << before;
    std::ofstream(directory / "diff") << unified_diff(before, after, "file", "file");
    const auto command =
        "cd '" + name + "' && touch file && { [ ! -s diff ] || patch -s file diff; }";
    ASSERT_EQ(std::system(command.c_str()), 0) << before << "--\n" << after;
    std::ifstream patched(directory / "file");
    const std::string result{std::istreambuf_iterator<char>(patched), {}};
    ASSERT_EQ(result, after) << before;
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace hotseat::guest
