#include "importers/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "importers/file.h"

namespace hotseat::importers {
namespace {

using ::testing::HasSubstr;

TEST(Yaml, ReadsATreeWithItsLines) {
  const auto root = parse_yaml({"f", "a: 1\nb:\n  - x\n  - {c: \"2\"}\nd:\n"});
  ASSERT_TRUE(root);
  const auto& table = *root->table();
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table[1].line, 2);
  const auto& list = *table[1].value.list();
  EXPECT_EQ(list[1].line, 4);
  EXPECT_FALSE((*list[1].table())[0].value.text()->plain);
  EXPECT_TRUE(table[2].value.empty());
}

TEST(Yaml, ReplacesAliases) {
  const auto root = parse_yaml({"f", "a: &x [1, 2]\nb: *x\n"});
  ASSERT_TRUE(root);
  EXPECT_EQ((*root->table())[1].value.list()->size(), 2U);
}

TEST(Yaml, RefusesWhatIsTooMuch) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 0; j < 9; ++j) bomb += ", " + before;
    bomb += "]\n";
  }
  const auto grown = parse_yaml({"f", bomb});
  ASSERT_FALSE(grown);
  EXPECT_THAT(grown.error().reason, HasSubstr("more values"));
  EXPECT_FALSE(parse_yaml({"f", "&a [*a]"}));
  for (const char* level : {"[", "{a: ", "- ", "? "}) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += level;
    EXPECT_FALSE(parse_yaml({"f", deep})) << level;
  }
  EXPECT_FALSE(parse_yaml({"f", std::string(kLargestFile + 1, ' ')}));
}

TEST(Yaml, RefusesWhatIsNoYamlWithItsLine) {
  const auto bad = parse_yaml({"f", "a: 1\nb: [\n\n"});
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().object, HasSubstr("f:"));
  for (const char* text :
       {"a: 1\n---\nb: 2\n", "? [a]\n: b\n", "*nobody", "\xff\xfe", "a: \"\xc3\""}) {
    EXPECT_FALSE(parse_yaml({"f", text})) << text;
  }
}

TEST(Yaml, ReadsNumbersAsPythonDoes) {
  const auto number = [](const char* text) { return yaml_number({text, true}); };
  EXPECT_EQ(number("12"), 12);
  EXPECT_EQ(number("0x1F"), 31);
  EXPECT_EQ(number("0b11"), 3);
  EXPECT_EQ(number("017"), 15);
  EXPECT_EQ(number("1_000"), 1000);
  EXPECT_EQ(number("-5"), -5);
  for (const char* text : {"", "x", "0x", "046d", "1.5", "99999999999999999999", "--1", "0x-1"}) {
    EXPECT_EQ(number(text), std::nullopt) << text;
  }
  EXPECT_EQ(yaml_number({"12", false}), std::nullopt);
}

TEST(Yaml, ReadsFlagsAsPythonDoes) {
  EXPECT_EQ(yaml_flag({"Yes", true}), true);
  EXPECT_EQ(yaml_flag({"off", true}), false);
  EXPECT_EQ(yaml_flag({"true", false}), std::nullopt);
  EXPECT_EQ(yaml_flag({"1", true}), std::nullopt);
}

}  // namespace
}  // namespace hotseat::importers
