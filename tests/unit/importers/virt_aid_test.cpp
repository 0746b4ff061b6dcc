#include "importers/virt_aid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::vector<File> desk() {
  std::vector<File> files;
  for (const char* name :
       {"utils/guest-devices/debby.conf", "utils/guest-devices/flux.conf",
        "utils/guest-devices/gpu-passthrough-guests.conf",
        "utils/guest-devices/single-gpu-passthrough-guests.conf", "utils/guest-devices/zorg.conf",
        "utils/guest-setup/flux.conf", "utils/guest-setup/tiny.conf", "utils/guest-setup/zorg.conf",
        "utils/switch/0000:00:02.0.conf", "utils/switch/0000:03:00.0.conf", "utils/switch/current",
        "utils/switch/gpu-framebuffer.conf", "utils/switch/input.conf", "utils/switch/mon-24o.conf",
        "utils/switch/primary-gpu.conf", "utils/switch/shared-displays.conf"}) {
    files.push_back({name, sample(std::string("virt-aid/") + name).text});
  }
  return files;
}

Expected<Imported> import(const std::vector<File>& files) {
  return import_virt_aid("/usr/local/bin/virt-aid", files);
}

TEST(VirtAid, TheExampleIsCarriedOver) {
  const auto imported = import(desk());
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat),
              ElementsAre("device-1 046d:c31c usb optional", "device-2 046d:c077 usb optional"));
  ASSERT_EQ(seat.guests.size(), 3U);
  for (const auto& guest : seat.guests) EXPECT_EQ(guest.start, StartPolicy::automatic);
  ASSERT_EQ(seat.monitors.size(), 1U);
  EXPECT_EQ(seat.monitors[0].name.str(), "24o");
  EXPECT_EQ(seat.monitors[0].match.connector, "card1-HDMI-A-1");
  EXPECT_THAT(
      seat.monitors[0].inputs,
      UnorderedElementsAre(Pair(TargetName{"host"}, 0x11), Pair(TargetName{"zorg"}, 0x11),
                           Pair(TargetName{"flux"}, 0x11), Pair(TargetName{"debby"}, 0x03)));
  EXPECT_THAT(imported->toml, HasSubstr("# Zorin, for games\n"));
}

TEST(VirtAid, WhatIsNotCarriedIsListed) {
  EXPECT_THAT(left_out(import(desk())),
              UnorderedElementsAre("0 tiny", "1 host", "1 0000:00:02.0 /dev/fb0", "1 0000:00:02.0",
                                   "2 0000:05:00.0", "1 0000:03:00.0", "2 0000:03:00.1",
                                   "1 0000:03:00.0", "2 0000:03:00.1", "3 0000:04:00.0"));
}

TEST(VirtAid, MonitorsThatItWasToLeaveAloneStayAlone) {
  auto files = desk();
  files.push_back({"utils/switch/disable-monitor-switch", "\n"});
  EXPECT_THAT(seat_of(import(files)).monitors, IsEmpty());
}

TEST(VirtAid, ASecondMonitorOfTheSameNameIsReported) {
  auto files = desk();
  for (File& file : files) {
    if (file.name == "utils/switch/0000:03:00.0.conf") file.text += "24o 0x0f 6\n";
  }
  EXPECT_TRUE(is_left_out(import(files), "24o 0x0f 6"));
}

TEST(VirtAid, LinesOfAnotherShapeAreReported) {
  for (const char* name :
       {"utils/switch/input.conf", "utils/switch/primary-gpu.conf",
        "utils/switch/0000:00:00.0.conf", "utils/switch/shared-displays.conf",
        "utils/switch/mon-x.conf", "utils/switch/new.conf", "utils/guest-devices/a.conf"}) {
    const auto imported = import({{name, "some thing\n"}});
    seat_of(imported);
    EXPECT_TRUE(is_left_out(imported, "some thing")) << name;
  }
}

TEST(VirtAid, AnEmptyFolderIsRefused) {
  const auto imported = import({});
  ASSERT_FALSE(imported);
  EXPECT_THAT(imported.error().reason, HasSubstr("expected virt-aid's settings"));
}

}  // namespace
}  // namespace hotseat::importers
