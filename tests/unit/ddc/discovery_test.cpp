#include "adapters/ddc/discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/ddc/fake_bus.h"
#include "tests/unit/ddc/sysfs_tree.h"

namespace hotseat::adapters {
namespace {

using testing::edid_block;
using ::testing::ElementsAre;

class Discovery : public ::testing::Test {
 protected:
  std::vector<int> numbers(BusKind kind) const {
    std::vector<int> all;
    for (const FoundBus& bus : find_buses(tree_.paths())) {
      if (bus.kind == kind) all.push_back(bus.number);
    }
    return all;
  }

  FoundBus only() const {
    const auto found = find_buses(tree_.paths());
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? FoundBus{} : found.front();
  }

  testing::SysfsTree tree_;
};

TEST_F(Discovery, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(find_buses(tree_.paths()).empty());
  EXPECT_TRUE(find_buses({"/nowhere/dev", "/nowhere/i2c", "/nowhere/drm"}).empty());
}

TEST_F(Discovery, TakesTheBusesOfGraphicsCardsAndLeavesOutAllOthers) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  const auto vga_less_card = tree_.pci("0000:02:00.0", "0x038000");
  const auto smbus = tree_.pci("0000:00:1f.4", "0x0c0500");
  const auto serial_io = tree_.pci("0000:00:15.0", "0x118000");
  tree_.bus(12, "NVIDIA i2c adapter 3 at 1:00.0", card);
  tree_.bus(3, "AMDGPU DM i2c hw bus 0", vga_less_card);
  tree_.bus(0, "SMBus I801 adapter at efa0", smbus);
  tree_.bus(1, "Synopsys DesignWare I2C adapter", serial_io + "/i2c_designware.0");
  tree_.bus(4, "AMDGPU SMU 0", vga_less_card);
  EXPECT_THAT(numbers(BusKind::display), ElementsAre(3, 12));
  EXPECT_THAT(numbers(BusKind::unsure), ElementsAre());
}

TEST_F(Discovery, NeverTakesAnSmbusWhateverItHangsFrom) {
  tree_.bus(0, "SMBus PIIX4 adapter port 0 at 0b00");
  tree_.bus(1, "SMBus of a card", tree_.pci("0000:01:00.0", "0x030000"));
  EXPECT_TRUE(find_buses(tree_.paths()).empty());
}

TEST_F(Discovery, KnowsBusesWithoutAPciDeviceByTheirNameOnly) {
  tree_.bus(0, "simulated DDC bus 0");
  tree_.bus(1, "bcm2835 (i2c@7e804000)");
  EXPECT_THAT(numbers(BusKind::display), ElementsAre(0));
  EXPECT_THAT(numbers(BusKind::unsure), ElementsAre(1));
}

TEST_F(Discovery, KnowsUsbGraphicsAndLeavesOutOtherUsbAdapters) {
  const auto xhci = tree_.pci("0000:00:14.0", "0x0c0330");
  tree_.bus(5, "DisplayLink I2C Adapter", xhci + "/usb1/1-1");
  tree_.bus(6, "CP2112 SMBus Bridge on hidraw2", xhci + "/usb1/1-2");
  tree_.bus(7, "i2c-tiny-usb at bus 001 device 005", xhci + "/usb1/1-3");
  EXPECT_THAT(numbers(BusKind::display), ElementsAre(5));
  EXPECT_THAT(numbers(BusKind::unsure), ElementsAre());
}

TEST_F(Discovery, IgnoresClientsOfABus) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  tree_.bus(3, "bus", card);
  std::filesystem::create_directories(tree_.paths().sys_i2c / "3-0050");
  std::filesystem::create_directories(tree_.paths().sys_i2c / "i2c-x");
  EXPECT_EQ(only().number, 3);
}

TEST_F(Discovery, TakesConnectorAndEdidThroughTheDdcLink) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  tree_.bus(3, "i915 gmbus dpb", card);
  const auto connector = tree_.connector(card, "card0-HDMI-A-1");
  tree_.ddc_link(connector, card + "/i2c-3");
  tree_.edid(connector, edid_block("HOT", "HOT24", "A1"));
  EXPECT_EQ(only().connector, "card0-HDMI-A-1");
  ASSERT_TRUE(only().edid);
  EXPECT_EQ(only().edid->serial, "A1");
}

TEST_F(Discovery, TakesConnectorAndEdidThroughTheAuxBus) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  const auto connector = tree_.connector(card, "card0-DP-1");
  tree_.bus(7, "AUX B/DDI B/PHY B", connector);
  tree_.edid(connector, edid_block("HOT", "HOT24", "A1"));
  EXPECT_EQ(only().connector, "card0-DP-1");
  EXPECT_TRUE(only().edid);
}

TEST_F(Discovery, LeavesTheEdidToTheWireWhenAConnectorHasTwoBuses) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  const auto connector = tree_.connector(card, "card0-DP-1");
  tree_.bus(3, "AMDGPU DM i2c hw bus 0", card);
  tree_.bus(7, "AMDGPU DM aux hw bus 0", connector);
  tree_.ddc_link(connector, card + "/i2c-3");
  tree_.edid(connector, edid_block("HOT", "HOT24", "A1"));
  for (const FoundBus& bus : find_buses(tree_.paths())) {
    EXPECT_EQ(bus.connector, "card0-DP-1");
    EXPECT_FALSE(bus.edid);
  }
}

TEST_F(Discovery, ConnectorWithoutAMonitorHasNoEdid) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  const auto connector = tree_.connector(card, "card0-DP-1");
  tree_.bus(7, "AUX", connector);
  tree_.edid(connector, {});
  EXPECT_FALSE(only().edid);
  EXPECT_EQ(only().connector, "card0-DP-1");
}

TEST_F(Discovery, TellsAnAdapterFromItsSuccessorWithTheSameNumber) {
  tree_.bus(3, "DDC", tree_.pci("0000:01:00.0", "0x030000"));
  const FoundBus before = only();
  tree_.remove_bus(3);
  tree_.bus(3, "DDC", tree_.pci("0000:02:00.0", "0x030000"));
  EXPECT_NE(only().device, before.device);
}

TEST_F(Discovery, TellsAnAdapterFromItsSuccessorInTheSameDirectory) {
  tree_.bus(3, "DDC", tree_.pci("0000:01:00.0", "0x030000"));
  const FoundBus before = only();
  EXPECT_EQ(only(), before);
  tree_.replace_bus(3);
  EXPECT_EQ(only().device, before.device);
  EXPECT_NE(only().directory, before.directory);
}

}  // namespace
}  // namespace hotseat::adapters
