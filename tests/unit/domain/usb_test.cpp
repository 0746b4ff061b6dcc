#include "domain/usb.h"

#include <gtest/gtest.h>

namespace hotseat {
namespace {

UsbDevice keyboard() {
  return {{1, 2}, {0x046d, 0xc31c}, "A1", "1-3", {"usb-Logi-event-kbd"}, UsbDriver::host};
}

TEST(DeviceMatch, EverythingGivenMustMatch) {
  DeviceMatch match;
  match.id = UsbId{0x046d, 0xc31c};
  match.serial = "A1";
  match.port = "1-3";
  match.by_id = "usb-Logi-event-kbd";
  EXPECT_TRUE(matches(match, keyboard()));
}

TEST(DeviceMatch, OneWrongPartIsNoMatch) {
  DeviceMatch id, serial, port, by_id;
  id.id = UsbId{0x046d, 0xc31d};
  serial.serial = "A2";
  port.port = "1-3.1";
  by_id.by_id = "usb-Logi-event-mouse";
  for (const DeviceMatch& match : {id, serial, port, by_id})
    EXPECT_FALSE(matches(match, keyboard()));
}

TEST(UsbId, IsWrittenAsLsusbWritesIt) {
  EXPECT_EQ(to_string(UsbId{0x046d, 0x0001}), "046d:0001");
}

TEST(UsbId, IsReadInEitherCase) {
  EXPECT_EQ(parse_usb_id("046D:c31C"), (UsbId{0x046d, 0xc31c}));
}

TEST(UsbId, AnythingElseIsNotAnId) {
  for (const char* text : {"", "046d", "046d:", "046d:c31", "046dxc31c", "046d:c31cc", "046g:c31c",
                           "+46d:c31c", " 46d:c31c", "0x6d:c31c"}) {
    EXPECT_FALSE(parse_usb_id(text)) << text;
  }
}

}  // namespace
}  // namespace hotseat
