#include "adapters/evdev/capabilities.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace hotseat::adapters::evdev {

namespace {

namespace fs = std::filesystem;

// As sysfs shows an input device.
class CapabilitiesTest : public testing::Test {
 protected:
  CapabilitiesTest() {
    std::string pattern = fs::temp_directory_path() / "capabilities-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    fs::create_directories(directory_ / "capabilities");
    fs::create_directories(directory_ / "id");
    write("capabilities/key", "400000 0 8");
    write("capabilities/rel", "143");
    write("id/vendor", "046d");
    write("properties", "0");
  }
  ~CapabilitiesTest() override { fs::remove_all(directory_); }

  void write(const std::string& name, const std::string& line) {
    std::ofstream(directory_ / name) << line << "\n";
  }

  Capabilities now() const { return capabilities_in(directory_).value(); }

  fs::path directory_;
};

TEST_F(CapabilitiesTest, TheLowestBitsAreTheLastWord) {
  EXPECT_EQ(now().codes[0], (Capabilities::Bits{8, 0, 0x400000}));
  EXPECT_EQ(now().codes[1], (Capabilities::Bits{0x143}));
  EXPECT_EQ(now().identity[0], "046d");
}

TEST_F(CapabilitiesTest, WhatSaysTheSameIsCovered) {
  EXPECT_TRUE(now().covers(now()));
}

TEST_F(CapabilitiesTest, WhatSaysLessIsCoveredAndWhatSaysMoreIsNot) {
  const Capabilities all = now();
  write("capabilities/key", "8");
  EXPECT_TRUE(all.covers(now()));
  EXPECT_FALSE(now().covers(all)) << "a key in a higher word";
  write("capabilities/key", "400000 0 18");
  EXPECT_FALSE(all.covers(now()));
}

TEST_F(CapabilitiesTest, AnotherDeviceThatSaysTheSameIsNotCovered) {
  const Capabilities before = now();
  write("id/vendor", "1209");
  EXPECT_FALSE(before.covers(now()));
  write("id/vendor", "046d");
  write("properties", "1");
  EXPECT_FALSE(before.covers(now())) << "a pad that points is no mouse";
}

TEST_F(CapabilitiesTest, WhereThereIsNoDeviceThereIsNothing) {
  EXPECT_FALSE(capabilities_in(directory_ / "none"));
  EXPECT_FALSE(capabilities_of("/dev/input/event-none"));
}

}  // namespace

}  // namespace hotseat::adapters::evdev
