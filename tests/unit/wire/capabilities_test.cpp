#include "wire/capabilities.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace hotseat::wire {
namespace {

using Values = std::vector<std::uint8_t>;

TEST(Capabilities, OfAnOrderlyMonitor) {
  const auto found = parse_capabilities(
      "(prot(monitor)type(LCD)model(HOT24)cmds(01 02 03 07 0C E3 F3)"
      "vcp(02 10 12 60(01 03 0F 11) D6(01 04))mccs_ver(2.1))");
  EXPECT_EQ(found, (Capabilities{"HOT24",
                                 "2.1",
                                 {{0x02, {}},
                                  {0x10, {}},
                                  {0x12, {}},
                                  {0x60, {0x01, 0x03, 0x0f, 0x11}},
                                  {0xd6, {0x01, 0x04}}}}));
}

struct Broken {
  const char* how;
  std::string text;
  Values inputs;
};

class BrokenCapabilities : public testing::TestWithParam<Broken> {};

TEST_P(BrokenCapabilities, StillNameTheInputs) {
  const auto found = parse_capabilities(GetParam().text);
  ASSERT_TRUE(found.features.contains(0x60)) << GetParam().how;
  EXPECT_EQ(found.features.at(0x60), GetParam().inputs) << GetParam().how;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenCapabilities,
    testing::Values(
        Broken{"digits run together",
               "(vcp(020414(010506080B)60(010F1112)628D(0102)FF)mswhql(1))",
               {0x01, 0x0f, 0x11, 0x12}},
        Broken{"outer brackets missing", "prot(monitor)vcp(10 60(0F 11))", {0x0f, 0x11}},
        Broken{"cut off in the middle", "(prot(monitor)vcp(10 60(0F 1", {0x0f, 0x01}},
        Broken{"lower case and a space before the bracket", "(VCP (10 60 (0f 1b))", {0x0f, 0x1b}},
        Broken{"other groups whose names begin alike",
               "(vcp_p02(60(99))vcpname(x)vcp(60(0F)))",
               {0x0f}},
        Broken{"one digit where two belong", "vcp(60(1 3 F))", {0x01, 0x03, 0x0f}},
        Broken{"values of values", "vcp(60(0F 11(01 02) 12))", {0x0f, 0x11, 0x12}},
        Broken{"a closing bracket too many", "(prot(monitor))vcp(60(0F))", {0x0f}},
        Broken{"rubbish between the values", "vcp(60(0F,\x01 11\n))", {0x0f, 0x11}}));

TEST(Capabilities, WithoutFeaturesAreEmpty) {
  EXPECT_EQ(parse_capabilities(""), Capabilities{});
  EXPECT_EQ(parse_capabilities("vcp"), Capabilities{});
  EXPECT_EQ(parse_capabilities("((((("), Capabilities{});
  EXPECT_TRUE(parse_capabilities("vcp((0F 11))").features.empty());
}

TEST(Capabilities, OfRandomTextNeverListMoreThanWasThere) {
  std::mt19937 random(60);
  const std::string alphabet = "vcp(() 0123456789ABCDEFmodel";
  for (int round = 0; round < 5'000; ++round) {
    std::string text = "vcp(";
    for (std::size_t i = random() % 60; i > 0; --i) text += alphabet[random() % alphabet.size()];
    std::size_t bytes = 0;
    for (const auto& [feature, values] : parse_capabilities(text).features)
      bytes += 1 + values.size();
    EXPECT_LE(bytes, text.size());
  }
}

}  // namespace
}  // namespace hotseat::wire
