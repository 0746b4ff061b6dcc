#include "tests/contract/usb_contract.h"

#include <algorithm>

namespace hotseat::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(UsbContract);

void UsbContract::observe() {
  rig_->usb().observe([this](const std::vector<UsbDevice>& list) { lists_.push_back(list); });
}

const UsbDevice* UsbContract::seen(const std::string& device) const {
  if (lists_.empty()) return nullptr;
  const DeviceMatch match = rig_->match_of(device);
  const auto& list = lists_.back();
  auto found = std::find_if(list.begin(), list.end(),
                            [&](const UsbDevice& one) { return matches(match, one); });
  return found == list.end() ? nullptr : &*found;
}

bool UsbContract::seen_with(const std::string& device, UsbDriver driver) {
  return rig_->run_until([&] { return seen(device) != nullptr && seen(device)->driver == driver; });
}

bool UsbContract::seen_without_host(const std::string& device) {
  return rig_->run_until(
      [&] { return seen(device) != nullptr && seen(device)->driver != UsbDriver::host; });
}

TEST_P(UsbContract, first_list_shows_what_is_plugged_in) {
  observe();
  EXPECT_TRUE(lists_.empty()) << "called back from inside observe()";
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  EXPECT_EQ(seen("mouse"), nullptr);
  EXPECT_NE(seen("keyboard")->port, "");
  EXPECT_NE(seen("keyboard")->address, UsbAddress{});
  EXPECT_FALSE(seen("keyboard")->by_id.empty());
}

TEST_P(UsbContract, two_twins_are_told_apart) {
  observe();
  ASSERT_TRUE(seen_with("twin-a", UsbDriver::host));
  ASSERT_TRUE(seen_with("twin-b", UsbDriver::host));
  EXPECT_EQ(seen("twin-a")->id, seen("twin-b")->id);
  EXPECT_NE(seen("twin-a")->address, seen("twin-b")->address);
  EXPECT_NE(seen("twin-a")->serial, seen("twin-b")->serial);
  EXPECT_NE(seen("twin-a")->port, seen("twin-b")->port);
}

TEST_P(UsbContract, a_plugged_in_device_is_nobodys_until_the_host_drives_it) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  const std::size_t before = lists_.size();
  rig_->plug("mouse");
  ASSERT_TRUE(seen_with("mouse", UsbDriver::host));
  for (std::size_t i = before; i + 1 < lists_.size(); ++i) {
    for (const UsbDevice& device : lists_[i]) {
      if (!matches(rig_->match_of("mouse"), device)) continue;
      EXPECT_NE(device.driver, UsbDriver::usbfs);
    }
  }
}

TEST_P(UsbContract, an_unplugged_device_goes) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  const UsbAddress address = seen("keyboard")->address;
  rig_->unplug("keyboard");
  EXPECT_TRUE(rig_->run_until([&] { return seen("keyboard") == nullptr; }));
  EXPECT_EQ(rig_->usb().driver_now(address), std::nullopt);
}

TEST_P(UsbContract, a_replugged_device_has_a_new_address_on_the_same_port) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  const UsbDevice before = *seen("keyboard");
  rig_->unplug("keyboard");
  rig_->plug("keyboard");
  ASSERT_TRUE(rig_->run_until([&] {
    const UsbDevice* now = seen("keyboard");
    return now != nullptr && now->address != before.address && now->driver == UsbDriver::host;
  }));
  EXPECT_EQ(seen("keyboard")->port, before.port);
  EXPECT_EQ(seen("keyboard")->serial, before.serial);
}

TEST_P(UsbContract, a_guest_taking_and_giving_back_a_device_shows) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  const UsbDevice before = *seen("keyboard");
  rig_->give_to_guest("keyboard");
  EXPECT_NE(rig_->usb().driver_now(before.address), UsbDriver::host);
  ASSERT_TRUE(seen_without_host("keyboard"));
  EXPECT_EQ(seen("keyboard")->by_id, before.by_id) << "the names are remembered";
  EXPECT_EQ(seen("keyboard")->address, before.address);
  rig_->take_from_guest("keyboard");
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  EXPECT_EQ(rig_->usb().driver_now(before.address), UsbDriver::host);
}

TEST_P(UsbContract, reclaim_takes_a_device_back_from_a_guest) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  rig_->give_to_guest("keyboard");
  ASSERT_TRUE(seen_without_host("keyboard"));
  Answer answer;
  rig_->usb().reclaim(seen("keyboard")->address, answer.taker());
  EXPECT_FALSE(answer.came()) << "called back from inside reclaim()";
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_TRUE(seen_with("keyboard", UsbDriver::host));
}

TEST_P(UsbContract, reclaimed_from_a_guest_it_stays_with_the_host) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  rig_->give_to_guest("keyboard");
  ASSERT_TRUE(seen_without_host("keyboard"));
  Answer answer;
  rig_->usb().reclaim(seen("keyboard")->address, answer.taker());
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  rig_->run_a_while();
  EXPECT_TRUE(seen_with("keyboard", UsbDriver::host));
  EXPECT_EQ(rig_->usb().driver_now(seen("keyboard")->address), UsbDriver::host);
}

TEST_P(UsbContract, what_a_killed_guest_had_is_the_hosts_once_it_is_reclaimed) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  rig_->give_to_guest("keyboard");
  ASSERT_TRUE(seen_without_host("keyboard"));
  rig_->kill_guest();
  rig_->run_a_while();
  ASSERT_NE(seen("keyboard"), nullptr);
  Answer answer;
  rig_->usb().reclaim(seen("keyboard")->address, answer.taker());
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_TRUE(seen_with("keyboard", UsbDriver::host));
}

TEST_P(UsbContract, reclaim_of_a_device_the_host_has_is_success) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  Answer answer;
  rig_->usb().reclaim(seen("keyboard")->address, answer.taker());
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
}

TEST_P(UsbContract, reclaim_of_a_device_that_is_not_there_fails) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  Answer answer;
  rig_->usb().reclaim(UsbAddress{1, 126}, answer.taker());
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_FALSE(answer.ok());
}

TEST_P(UsbContract, no_two_lists_in_a_row_are_equal) {
  observe();
  ASSERT_TRUE(seen_with("keyboard", UsbDriver::host));
  rig_->plug("mouse");
  ASSERT_TRUE(seen_with("mouse", UsbDriver::host));
  rig_->give_to_guest("mouse");
  ASSERT_TRUE(seen_without_host("mouse"));
  rig_->run_a_while();
  for (std::size_t i = 1; i < lists_.size(); ++i) {
    EXPECT_NE(lists_[i - 1], lists_[i]) << "list " << i;
  }
}

}  // namespace hotseat::contract
