#include "adapters/udev/usb_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/udev/fake_sysfs.h"

namespace hotseat::adapters {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

struct UsbTreeTest : testing::Test {
  FakeSysfs sysfs;
  UsbTree tree{sysfs.path()};
};

std::vector<UsbNode> nodes_of(const UsbTree& tree) {
  std::vector<UsbNode> nodes;
  for (const auto& port : tree.ports()) {
    if (auto node = tree.node(port)) nodes.push_back(std::move(*node));
  }
  return nodes;
}

TEST_F(UsbTreeTest, ReadsADeviceAndItsInterfaces) {
  plug_keyboard(sysfs);
  sysfs.bind("1-3:1.1", "");
  const auto nodes = nodes_of(tree);
  ASSERT_EQ(nodes.size(), 1U);
  EXPECT_EQ(nodes[0].port, "1-3");
  EXPECT_EQ(nodes[0].address, (UsbAddress{1, 7}));
  EXPECT_EQ(nodes[0].id, (UsbId{0x046d, 0xc31c}));
  EXPECT_TRUE(nodes[0].bound);
  EXPECT_TRUE(nodes[0].authorized);
  ASSERT_EQ(nodes[0].interfaces.size(), 2U);
  EXPECT_EQ(nodes[0].interfaces[0].name, "1-3:1.0");
  EXPECT_EQ(nodes[0].interfaces[0].number, "00");
  EXPECT_EQ(nodes[0].interfaces[0].device_class, 3);
  EXPECT_EQ(nodes[0].interfaces[0].protocol, 1);
  EXPECT_EQ(nodes[0].interfaces[0].driver, "usbhid");
  EXPECT_EQ(nodes[0].interfaces[1].driver, "");
  EXPECT_EQ(tree.serial("1-3"), "A1");
}

TEST_F(UsbTreeTest, LeavesOutHubsAndRootHubs) {
  sysfs.plug("usb1", {1, 1}, {0x1d6b, 0x0002});
  sysfs.plug("1-1", {1, 2}, {0x05e3, 0x0608});
  sysfs.set("1-1/bDeviceClass", "09");
  sysfs.plug("1-1.4", {1, 9}, {0x046d, 0xc077});
  EXPECT_THAT(nodes_of(tree), ElementsAre(Field(&UsbNode::port, "1-1.4")));
}

TEST_F(UsbTreeTest, PassesOverADeviceThatIsJustVanishing) {
  plug_keyboard(sysfs);
  std::filesystem::remove(sysfs.path() / "bus/usb/devices/1-3/devnum");
  EXPECT_THAT(nodes_of(tree), IsEmpty());
}

TEST_F(UsbTreeTest, PassesOverNumbersThatAreNone) {
  plug_keyboard(sysfs);
  sysfs.set("1-3/idVendor", "046dxyz");
  EXPECT_THAT(nodes_of(tree), IsEmpty());
}

TEST_F(UsbTreeTest, FindsADeviceByItsAddress) {
  plug_keyboard(sysfs, {1, 12});
  EXPECT_TRUE(tree.node_at({1, 12}));
  EXPECT_FALSE(tree.node_at({1, 1}));
  EXPECT_FALSE(tree.node_at({2, 12}));
}

TEST_F(UsbTreeTest, KnowsWhoHasADevice) {
  plug_keyboard(sysfs);
  EXPECT_TRUE(is_driven_by_host(*tree.node("1-3")));
  sysfs.bind("1-3:1.1", "usbfs");  // half in a guest is not the host's
  EXPECT_TRUE(is_held_by_usbfs(*tree.node("1-3")));
  EXPECT_FALSE(is_driven_by_host(*tree.node("1-3")));
  bind_keyboard(sysfs, "");
  EXPECT_FALSE(is_held_by_usbfs(*tree.node("1-3")));
  EXPECT_FALSE(is_driven_by_host(*tree.node("1-3")));
}

TEST_F(UsbTreeTest, IsEmptyWithoutAnyUsb) {
  std::filesystem::remove_all(sysfs.path() / "bus");
  EXPECT_THAT(nodes_of(tree), IsEmpty());
  EXPECT_FALSE(tree.node_at({1, 1}));
}

TEST_F(UsbTreeTest, SaysWhichFileItCouldNotWrite) {
  const auto result = tree.authorize("9-9", false);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().object, HasSubstr("9-9/authorized"));
  EXPECT_EQ(result.error().reason, "No such file or directory");
}

TEST_F(UsbTreeTest, UpdatesWhoDrivesADevice) {
  plug_keyboard(sysfs);
  auto node = tree.node("1-3").value();
  bind_keyboard(sysfs, "usbfs");
  EXPECT_TRUE(tree.update(node));
  EXPECT_TRUE(is_held_by_usbfs(node));
  sysfs.set("1-3/devnum", "8");
  EXPECT_FALSE(tree.update(node));
  sysfs.unplug("1-3");
  EXPECT_FALSE(tree.update(node));
}

TEST_F(UsbTreeTest, ADeviceThatIsBeingResetStaysAsItWas) {
  plug_keyboard(sysfs);
  auto node = tree.node("1-3").value();
  sysfs.set("1-3/devnum", "0");
  EXPECT_TRUE(tree.update(node));
  EXPECT_EQ(node.address, (UsbAddress{1, 7}));
  EXPECT_TRUE(is_driven_by_host(node));
  EXPECT_EQ(tree.node("1-3").has_value(), false);  // not known yet: nothing to go by
}

}  // namespace
}  // namespace hotseat::adapters
