#include "sim/usb_bus.h"

#include <gtest/gtest.h>

#include "sim/virtual_clock.h"

namespace hotseat::sim {
namespace {

class UsbBusTest : public testing::Test {
 protected:
  UsbBusTest() {
    UsbDevice keyboard;
    keyboard.id = {0x046d, 0xc31c};
    keyboard.port = "1-1";
    keyboard.by_id = {"usb-keyboard-event-kbd"};
    bus_.make("keyboard", keyboard);
  }

  const DomainName win11_{"win11"};
  const DomainName zorg_{"zorg"};
  VirtualClock clock_;
  Pace pace_{Timing{}, 1};
  UsbBus bus_{clock_, pace_};
};

TEST_F(UsbBusTest, a_device_is_nobodys_when_plugged_in_and_the_hosts_later) {
  const UsbAddress address = bus_.plug("keyboard");
  EXPECT_EQ(bus_.driver_at(address), UsbDriver::none);
  EXPECT_TRUE(bus_.devices().at(0).by_id.empty());
  clock_.run_until_idle();
  EXPECT_EQ(bus_.driver_at(address), UsbDriver::host);
  EXPECT_EQ(bus_.holder_of("keyboard"), "host");
  EXPECT_FALSE(bus_.devices().at(0).by_id.empty());
}

TEST_F(UsbBusTest, every_replug_gives_a_new_address_and_numbers_come_round_again) {
  const UsbAddress first = bus_.plug("keyboard");
  const UsbAddress second = bus_.replug("keyboard");
  EXPECT_NE(first, second);
  EXPECT_EQ(bus_.driver_at(first), std::nullopt);
  bool came_round = false;
  for (int i = 0; i < 130; ++i) came_round = came_round || bus_.replug("keyboard") == first;
  EXPECT_TRUE(came_round);
}

TEST_F(UsbBusTest, a_claimed_device_is_refused_to_another_domain) {
  const UsbAddress address = bus_.plug("keyboard");
  ASSERT_TRUE(bus_.claim(address, win11_, true).has_value());
  const auto refused = bus_.claim(address, zorg_, true);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().reason.find("win11"), std::string::npos);
  EXPECT_EQ(bus_.holder_of("keyboard"), "win11");
}

TEST_F(UsbBusTest, claiming_while_the_host_still_binds_wins) {
  const UsbAddress address = bus_.plug("keyboard");
  ASSERT_TRUE(bus_.claim(address, win11_, true).has_value());
  clock_.run_until_idle();
  EXPECT_EQ(bus_.driver_at(address), UsbDriver::usbfs);
}

TEST_F(UsbBusTest, only_who_claimed_it_releases_it) {
  const UsbAddress address = bus_.plug("keyboard");
  ASSERT_TRUE(bus_.claim(address, win11_, true).has_value());
  bus_.release(address, zorg_);
  EXPECT_EQ(bus_.holder_of("keyboard"), "win11");
  bus_.release(address, win11_);
  clock_.run_until_idle();
  EXPECT_EQ(bus_.holder_of("keyboard"), "host");
}

TEST_F(UsbBusTest, a_guest_that_never_configures_it_shows_no_driver) {
  const UsbAddress address = bus_.plug("keyboard");
  ASSERT_TRUE(bus_.claim(address, win11_, false).has_value());
  clock_.run_until_idle();
  EXPECT_EQ(bus_.driver_at(address), UsbDriver::none);
  EXPECT_EQ(bus_.holder_of("keyboard"), "win11");
}

TEST_F(UsbBusTest, an_abandoned_device_is_nobodys_until_it_is_reclaimed) {
  const UsbAddress address = bus_.plug("keyboard");
  ASSERT_TRUE(bus_.claim(address, win11_, true).has_value());
  bus_.abandon(address, win11_);
  clock_.run_until_idle();
  EXPECT_EQ(bus_.driver_at(address), UsbDriver::none);
  EXPECT_EQ(bus_.holder_of("keyboard"), "");
  ASSERT_TRUE(bus_.reclaim(address).has_value());
  clock_.run_until_idle();
  EXPECT_EQ(bus_.holder_of("keyboard"), "host");
}

TEST_F(UsbBusTest, reclaim_takes_it_from_whoever_has_it) {
  const UsbAddress address = bus_.plug("keyboard");
  ASSERT_TRUE(bus_.claim(address, win11_, true).has_value());
  ASSERT_TRUE(bus_.reclaim(address).has_value());
  clock_.run_until_idle();
  EXPECT_EQ(bus_.holder_of("keyboard"), "host");
  EXPECT_FALSE(bus_.reclaim({1, 99}).has_value());
}

}  // namespace
}  // namespace hotseat::sim
