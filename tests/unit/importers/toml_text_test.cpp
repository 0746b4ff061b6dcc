#include "importers/toml_text.h"

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <sstream>

namespace hotseat::importers {
namespace {

std::string read_back(const std::string& value) {
  const auto table = toml::parse("a = " + value);
  return table["a"].value_or(std::string("?"));
}

TEST(TomlText, WhateverAStringHoldsIsReadBack) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  for (const std::string& text :
       {std::string(), all, std::string("é \"..\" 'x' \\ 鍵盤 \xF0\x9F\x8E\xAE"),
        std::string("\"\"\""), std::string("a\r\nb\t\x7f")}) {
    EXPECT_EQ(read_back(toml_string(text)), text);
  }
}

TEST(TomlText, BytesThatAreNoTextAreReplaced) {
  EXPECT_EQ(read_back(toml_string("a\xff\xc3")), "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(TomlText, KeysAreBareWhereTheyMayBe) {
  EXPECT_EQ(toml_key("win-11_a"), "win-11_a");
  EXPECT_EQ(toml_key("win.11"), "\"win.11\"");
  EXPECT_EQ(toml_key(""), "\"\"");
}

TEST(TomlText, CommentsAreWrappedAndHarmless) {
  const std::string text =
      toml_comment(std::string(60, 'a') + " " + std::string(60, 'b') + "\n[guest.x] \x1b[31m\xff");
  EXPECT_NO_THROW(toml::parse(text)) << text;
  std::istringstream lines(text);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_TRUE(line.starts_with("# "));
  EXPECT_EQ(count, 2);
  EXPECT_EQ(toml_comment(""), "#\n");
}

}  // namespace
}  // namespace hotseat::importers
