// The shipped sample teaches the format, so all of it has to be right.
#include "sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.h"

namespace hotseat::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(SampleConfig, IsValidAsShipped) {
  const auto seat = parse(sample_config(), "hotseat.toml");
  ASSERT_TRUE(seat) << to_string(seat.error());
  EXPECT_THAT(seat->guests, SizeIs(2));
  EXPECT_THAT(seat->devices, SizeIs(3));
  EXPECT_THAT(seat->monitors, SizeIs(2));
  EXPECT_THAT(seat->notes, IsEmpty());
}

TEST(SampleConfig, IsValidWithEverySettingSwitchedOn) {
  const auto seat = parse(whole_sample_config(), "hotseat.toml");
  ASSERT_TRUE(seat) << to_string(seat.error());
  EXPECT_EQ(seat->guests[0].domain.str(), "Windows 11");
  EXPECT_THAT(seat->guests[0].on_enter, SizeIs(1));
  EXPECT_THAT(seat->guests[0].on_leave, SizeIs(1));
  EXPECT_THAT(seat->host.on_enter, SizeIs(1));
  EXPECT_EQ(seat->devices[0].transport, Transport::evdev);
  EXPECT_THAT(seat->hotkeys, SizeIs(2));
  EXPECT_THAT(seat->notes, IsEmpty());
}

TEST(SampleConfig, SettingsThatAreSwitchedOffShowTheDefaults) {
  const auto plain = parse(sample_config(), "hotseat.toml");
  const auto whole = parse(whole_sample_config(), "hotseat.toml");
  ASSERT_TRUE(plain && whole);
  EXPECT_EQ(whole->libvirt_uri, plain->libvirt_uri);
  EXPECT_EQ(whole->timeouts, plain->timeouts);
  EXPECT_EQ(whole->guests[0].start_timeout, plain->guests[0].start_timeout);
  EXPECT_EQ(whole->guests[1].start_timeout, plain->guests[1].start_timeout);
}

}  // namespace
}  // namespace hotseat::config
