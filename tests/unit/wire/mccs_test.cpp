#include "wire/mccs.h"

#include <gtest/gtest.h>

#include <string>

namespace hotseat::wire {
namespace {

TEST(InputNames, ReadBackAsTheValuesTheyWereMadeFrom) {
  for (const InputName& known : input_names()) {
    EXPECT_EQ(input_by_name(known.name), known.value) << known.name;
    EXPECT_EQ(input_name(known.value), known.name);
  }
}

struct Written {
  const char* text;
  std::uint8_t value;
};

class WaysOfWriting : public testing::TestWithParam<Written> {};

TEST_P(WaysOfWriting, AreUnderstood) {
  EXPECT_EQ(input_by_name(GetParam().text), GetParam().value) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, WaysOfWriting,
    testing::Values(Written{"DisplayPort-1", 0x0f}, Written{"displayport-2", 0x10},
                    Written{"DP-1", 0x0f}, Written{"dp2", 0x10}, Written{"DP", 0x0f},
                    Written{"HDMI 1", 0x11}, Written{"Hdmi2", 0x12}, Written{"hdmi_2", 0x12},
                    Written{"vga1", 0x01}, Written{"VGA", 0x01}, Written{"Analog-2", 0x02},
                    Written{"D-Sub", 0x01}, Written{"DVI", 0x03}, Written{"dvi-2", 0x04},
                    Written{"composite 2", 0x06}, Written{"svideo1", 0x07}, Written{"USB-C", 0x1b},
                    Written{"usbc", 0x1b}, Written{"Type-C", 0x1b}, Written{"USB Type-C", 0x1b}));

TEST(InputNames, OthersAreNotGuessed) {
  for (const char* text : {"", "-", "HDMI-3", "DisplayPort-0", "DP-11", "0x0f", "15",
                           "DisplayPort-1x", "USB-C-2", "host"}) {
    EXPECT_EQ(input_by_name(text), std::nullopt) << text;
  }
}

TEST(InputNames, ValueWithoutANameIsWrittenInHex) {
  EXPECT_EQ(input_name(0x90), "0x90");
  EXPECT_EQ(input_name(0x00), "0x00");
}

}  // namespace
}  // namespace hotseat::wire
