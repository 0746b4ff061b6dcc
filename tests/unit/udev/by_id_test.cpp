#include "adapters/udev/by_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::adapters {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

UsbNode node_with(std::vector<UsbInterface> interfaces) {
  UsbNode node;
  node.interfaces = std::move(interfaces);
  return node;
}

TEST(ById, NamesAreTheLinksOfThatDirectoryOnly) {
  EXPECT_EQ(by_id_name("/dev/input/by-id/usb-A_B-event-kbd"), "usb-A_B-event-kbd");
  EXPECT_EQ(by_id_name("/dev/input/by-path/pci-0-usb-event-kbd"), std::nullopt);
}

TEST(ById, ABootKeyboardIsNamedAsUdevWould) {
  const auto node = node_with({{"1-3:1.0", "00", 3, 1, 1, "usbfs"}});
  EXPECT_THAT(
      likely_by_id_names(node, "Logitech_USB_Keyboard"),
      ElementsAre("usb-Logitech_USB_Keyboard-event-kbd", "usb-Logitech_USB_Keyboard-event-if00"));
}

TEST(ById, FurtherInterfacesCarryTheirNumber) {
  const auto node = node_with({{"1-3:1.2", "02", 3, 1, 2, "usbfs"}});
  EXPECT_THAT(
      likely_by_id_names(node, "Logitech_USB_Receiver"),
      ElementsAre("usb-Logitech_USB_Receiver-if02-event-mouse",
                  "usb-Logitech_USB_Receiver-if02-mouse", "usb-Logitech_USB_Receiver-event-if02"));
}

TEST(ById, AHidInterfaceThatDoesNotSayMayBeAnything) {
  const auto node = node_with({{"1-3:1.0", "00", 3, 0, 0, "usbfs"}});
  EXPECT_THAT(likely_by_id_names(node, "X"),
              ElementsAre("usb-X-event-kbd", "usb-X-event-mouse", "usb-X-mouse",
                          "usb-X-event-joystick", "usb-X-joystick", "usb-X-event-if00"));
}

TEST(ById, AnXboxGamepadIsAJoystick) {
  const auto node = node_with({{"1-3:1.0", "00", 0xff, 0x5d, 0x01, "usbfs"}});
  EXPECT_THAT(likely_by_id_names(node, "Microsoft_Controller_0123"),
              ElementsAre("usb-Microsoft_Controller_0123-event-joystick",
                          "usb-Microsoft_Controller_0123-joystick",
                          "usb-Microsoft_Controller_0123-event-if00"));
}

TEST(ById, WhatIsNoInputDeviceOrUnknownToUdevHasNoName) {
  const auto disk = node_with({{"1-3:1.0", "00", 8, 6, 0x50, "usbfs"}});
  EXPECT_THAT(likely_by_id_names(disk, "A_Disk"), IsEmpty());
  const auto keyboard = node_with({{"1-3:1.0", "00", 3, 1, 1, "usbfs"}});
  EXPECT_THAT(likely_by_id_names(keyboard, ""), IsEmpty());
}

TEST(PortIn, IsTheDeviceThatSomethingBelongsTo) {
  const std::string root = "/devices/pci0000:00/0000:00:14.0/usb1";
  EXPECT_EQ(port_in(root + "/1-3"), "1-3");
  EXPECT_EQ(port_in(root + "/1-3/1-3.2/1-3.2:1.0"), "1-3.2");
  EXPECT_EQ(port_in(root + "/1-3/1-3.2/1-3.2:1.0/0003:046D:C31C.0001/input/input7/event7"),
            "1-3.2");
}

TEST(PortIn, IsEmptyForWhatIsNotOnUsb) {
  EXPECT_EQ(port_in("/devices/platform/i8042/serio0/input/input3"), "");
  EXPECT_EQ(port_in("/devices/pci0000:00/0000:00:14.0/usb1/1-0:1.0"), "");
  EXPECT_EQ(port_in("/devices/virtual/input/a-b"), "");
  EXPECT_EQ(port_in(""), "");
  EXPECT_EQ(port_in("1-"), "");
}

}  // namespace
}  // namespace hotseat::adapters
