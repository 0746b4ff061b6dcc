// Lines of guests and programs.
#include "wire/line_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = LineRequest::Kind;

LineRequest old(Kind kind, const std::string& guest, std::uint16_t vendor, std::uint16_t product) {
  return {kind, guest, vendor, product, ""};
}

LineRequest switch_to(const std::string& target) {
  return {Kind::switch_to, "", 0, 0, target};
}

TEST(LineRequest, TheOldOnes) {
  EXPECT_EQ(parse_line("win10 attach 046d:c31c"), old(Kind::attach, "win10", 0x046d, 0xc31c));
  EXPECT_EQ(parse_line("win10 detach 046D:C31C"), old(Kind::detach, "win10", 0x046d, 0xc31c));
  EXPECT_EQ(parse_line("Windows 11 attach 046d:c31c"),
            old(Kind::attach, "Windows 11", 0x046d, 0xc31c));
}

// cmd.exe: echo win10 attach 046d:c31c > COM1
TEST(LineRequest, BlanksAroundItDoNotCount) {
  EXPECT_EQ(parse_line(" win10  attach\t046d:c31c \r"), old(Kind::attach, "win10", 0x046d, 0xc31c));
  EXPECT_EQ(parse_line("switch   host \r"), switch_to("host"));
}

TEST(LineRequest, TheNewOnes) {
  EXPECT_EQ(parse_line("switch host"), switch_to("host"));
  EXPECT_EQ(parse_line("switch my guest"), switch_to("my guest"));
  EXPECT_EQ(parse_line("next")->kind, Kind::next);
  EXPECT_EQ(parse_line("release")->kind, Kind::release);
  EXPECT_EQ(parse_line("status")->kind, Kind::status);
  EXPECT_EQ(parse_line("help")->kind, Kind::help);
}

TEST(LineRequest, AnythingElseIsNone) {
  for (const char* line :
       {"", " ", "attach 046d:c31c", "win10 attach 046d", "win10 attach 046d:c31", "win10 attach",
        "win10 attach 46d:0c31c", "win10 attach 046d-c31c", "win10 steal 046d:c31c", "switch",
        "Switch host", "statusx", "win10 attach +46d:c31c", "win10 attach 046d:c31c x"}) {
    EXPECT_FALSE(parse_line(line)) << line;
  }
  EXPECT_EQ(parse_line("secret words").error().find("secret"), std::string::npos);
}

TEST(LineCutter, CutsWhatComesInPieces) {
  LineCutter cutter;
  EXPECT_THAT(cutter.cut("ne").lines, IsEmpty());
  EXPECT_THAT(cutter.cut("xt\nswitch host\nsta").lines, ElementsAre("next", "switch host"));
  EXPECT_THAT(cutter.cut("tus\r\n").lines, ElementsAre("status\r"));
}

TEST(LineCutter, ALineThatIsTooLongIsLeftOutAsAWhole) {
  LineCutter cutter;
  const std::string longest(kLongestLine, 'a');
  EXPECT_THAT(cutter.cut(longest + "\n").lines, ElementsAre(longest));
  EXPECT_THAT(cutter.cut(longest + "a").lines, IsEmpty());
  const auto cut = cutter.cut(" switch host\nnext\n");
  EXPECT_THAT(cut.lines, ElementsAre("next"));
  EXPECT_EQ(cut.too_long, 1U);
}

}  // namespace
}  // namespace hotseat::wire
