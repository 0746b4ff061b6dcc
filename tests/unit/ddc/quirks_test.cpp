#include "adapters/ddc/quirks.h"

#include <gtest/gtest.h>

namespace hotseat::adapters {
namespace {

wire::Edid monitor(const char* manufacturer, const char* name) {
  wire::Edid edid;
  edid.manufacturer = manufacturer;
  edid.name = name;
  return edid;
}

TEST(Quirks, OfAnUnknownMonitorAreTheStandard) {
  const wire::Edid edid = monitor("HOT", "HOT24");
  EXPECT_EQ(quirks_of(&edid, {}), MonitorQuirks{});
  EXPECT_EQ(quirks_of(nullptr, {}), MonitorQuirks{});
}

TEST(Quirks, OfAKnownMonitorComeFromTheTable) {
  const wire::Edid edid = monitor("AOC", "Q27P1B");
  EXPECT_EQ(quirks_of(&edid, {}).read_mask, 0);
  const wire::Edid namesake = monitor("XXX", "Q27P1B");
  EXPECT_EQ(quirks_of(&namesake, {}), MonitorQuirks{});
}

TEST(Quirks, OfTheConfigOverrideOneByOne) {
  const wire::Edid edid = monitor("AOC", "Q27P1B");
  MonitorQuirkOverrides overrides;
  overrides.settle = Milliseconds{300};
  EXPECT_EQ(quirks_of(&edid, overrides).read_mask, 0);
  EXPECT_EQ(quirks_of(&edid, overrides).settle, Milliseconds{300});

  overrides = {0xf4, 0x50, true, Milliseconds{10}, 0xf0};
  EXPECT_EQ(quirks_of(&edid, overrides), (MonitorQuirks{0xf4, 0x50, true, Milliseconds{10}, 0xf0}));
}

}  // namespace
}  // namespace hotseat::adapters
