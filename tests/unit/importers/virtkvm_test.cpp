#include "importers/virtkvm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "samples.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

Expected<Imported> import(const std::string& yaml) {
  return import_virtkvm({"config.yaml", yaml});
}

TEST(Virtkvm, TheExampleIsCarriedOver) {
  const auto imported = import_virtkvm(sample("virtkvm.yaml"));
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat), ElementsAre("keyboard 28da:1101 usb", "mouse 046d:c08d usb",
                                            "gamepad 045e:028e usb"));
  ASSERT_EQ(seat.guests.size(), 1U);
  EXPECT_EQ(seat.guests[0].name.str(), "win10");
  EXPECT_EQ(seat.guests[0].start, StartPolicy::never);
  EXPECT_EQ(seat.libvirt_uri, "qemu:///system");
  ASSERT_EQ(seat.monitors.size(), 2U);
  EXPECT_EQ(seat.monitors[0].name.str(), "main-display");
  EXPECT_EQ(seat.monitors[0].match.bus, 3);
  EXPECT_THAT(seat.monitors[0].inputs,
              ElementsAre(Pair(TargetName{"host"}, 15), Pair(TargetName{"win10"}, 17)));
  EXPECT_EQ(seat.monitors[0].quirks.feature, std::nullopt);
  EXPECT_EQ(seat.monitors[1].quirks.feature, 0xf4);
}

TEST(Virtkvm, LinesForAShellGoThroughOneAndAreTold) {
  const auto imported = import_virtkvm(sample("virtkvm.yaml"));
  const Seat seat = seat_of(imported);
  ASSERT_EQ(seat.host.on_enter.size(), 2U);
  EXPECT_THAT(seat.host.on_enter[1].argv, ElementsAre("/bin/sh", "-c", "xset dpms force on"));
  ASSERT_EQ(seat.guests[0].on_enter.size(), 1U);
  EXPECT_THAT(seat.guests[0].on_enter[0].argv,
              ElementsAre("/bin/sh", "-c", "echo \"switch to guest\" > /tmp/seat"));
  EXPECT_THAT(imported->toml, HasSubstr("# choice: these were lines for a shell"));
}

TEST(Virtkvm, WhatIsNotCarriedIsListedWithItsLine) {
  EXPECT_THAT(left_out(import_virtkvm(sample("virtkvm.yaml"))),
              ElementsAre("8 http.address", "10 http.security.enabled", "11 http.security.secret",
                          "2 kvm.usesudo"));
}

TEST(Virtkvm, SecretsAreNeverPrinted) {
  const auto imported = import_virtkvm(sample("virtkvm.yaml"));
  ASSERT_TRUE(imported);
  EXPECT_THAT(imported->toml, Not(HasSubstr("correct horse")));
  for (const auto& left : imported->not_carried) EXPECT_THAT(left.reason, Not(HasSubstr("horse")));
}

TEST(Virtkvm, TheForkWithEvdevIsCarriedOver) {
  const auto imported = import_virtkvm(sample("virtkvm-rokups.yaml"));
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat), ElementsAre("keyboard usb-Keys_Receiver-if02-event-kbd evdev",
                                            "mouse 1532:0067 usb", "sound 0d8c:0014 usb optional"));
  ASSERT_EQ(seat.guests.size(), 1U);
  EXPECT_EQ(seat.guests[0].name.str(), "vm-windows-10");
  EXPECT_EQ(seat.guests[0].domain.str(), "Windows 10");
  EXPECT_EQ(hotkey_of(seat, HotkeyAction::cycle), chord({"KEY_LEFTCTRL", "KEY_RIGHTCTRL"}));
  EXPECT_THAT(left_out(imported), ElementsAre("5 http.enabled", "6 http.address",
                                              "8 http.security.enabled", "9 http.security.secret"));
}

// COMPAT: every key of the original and its forks, alone.
struct Key {
  const char* name;
  const char* yaml;
  bool carried;
};

class VirtkvmKey : public ::testing::TestWithParam<Key> {};

TEST_P(VirtkvmKey, IsCarriedOrReported) {
  const auto imported = import(GetParam().yaml);
  seat_of(imported);
  EXPECT_EQ(is_left_out(imported, GetParam().name), !GetParam().carried) << GetParam().yaml;
}

INSTANTIATE_TEST_SUITE_P(
    All, VirtkvmKey,
    ::testing::Values(
        Key{"kvm.usesudo", "kvm: {usesudo: true}", false},
        Key{"kvm.checkguest", "kvm: {checkguest: true}\nlibvirt: {domain: a}", true},
        Key{"kvm.checkguest", "kvm: {checkguest: false}", false},
        Key{"libvirt.uri", "libvirt: {uri: 'qemu:///session'}", true},
        Key{"libvirt.uri", "libvirt: {uri: 'qemu+ssh://far/system'}", false},
        Key{"libvirt.domain", "libvirt: {domain: \"a \\\"b\\\" é..\"}", true},
        Key{"libvirt.domain", "libvirt: {domain: \"a\\nb\"}", false},
        Key{"http.enabled", "http: {enabled: false}", false},
        Key{"http.address", "http: {address: '[::1]:5001'}", false},
        Key{"http.security.enabled", "http: {security: {enabled: true}}", false},
        Key{"http.security.secret", "http: {security: {secret: x}}", false},
        Key{"evdev.device", "evdev: {enabled: true, device: /dev/input/by-id/k}", true},
        Key{"evdev.device", "evdev: {enabled: false, device: /dev/input/by-id/k}", false},
        Key{"evdev.device", "evdev: {device: /dev/input/event3}", false},
        Key{"devices[0]", "devices: [{vendor: 0x1234, product: 22136}]", true},
        Key{"devices[0].vendor", "devices: [{vendor: 0x12345, product: 1}]", false},
        Key{"devices[0]", "devices: [{vendor: 1}]", false},
        Key{"devices[1]", "devices: [{vendor: 1, product: 1}, {vendor: 1, product: 1}]", false},
        Key{"devices[0].optional", "devices: [{vendor: 1, product: 1, optional: yes}]", true},
        Key{"displays[0]", "displays: [{bus: 1, feature: 0x60, host: 1}]", true},
        Key{"displays[0].guest", "displays: [{bus: 1, host: 1, guest: 2}]", false},
        Key{"displays[0]", "displays: [{host: 1}]", false},
        Key{"displays[0].feature", "displays: [{bus: 1, feature: 0x160, host: 1}]", false},
        Key{"displays[0].host", "displays: [{bus: 1, host: HDMI}]", false},
        Key{"commands.host[0]", "commands: {host: [ls]}", true},
        Key{"commands.guest[0]", "commands: {guest: [ls]}\nlibvirt: {domain: a}", true},
        Key{"commands.guest[0]", "commands: {guest: [ls]}", false},
        Key{"commands.host", "commands: {host: ls}", false},
        Key{"commands.host[0]", "commands: {host: [\"a\\0b\"]}", false},
        Key{"colour", "colour: blue", false},
        Key{"libvirt.colour", "libvirt: {colour: blue}", false},
        Key{"devices[0].colour", "devices: [{vendor: 1, product: 1, colour: blue}]", false},
        Key{"libvirt", "libvirt: qemu", false}));

TEST(Virtkvm, NamesAreEscaped) {
  const Seat seat = seat_of(import("libvirt: {domain: \"a \\\"b\\\" \\\\ é..\"}"));
  ASSERT_EQ(seat.guests.size(), 1U);
  EXPECT_EQ(seat.guests[0].domain.str(), "a \"b\" \\ é..");
}

TEST(Virtkvm, OfAKeyThatStandsThereTwiceTheLastCounts) {
  const auto imported = import("libvirt:\n  domain: a\n  domain: b\n");
  const Seat seat = seat_of(imported);
  ASSERT_EQ(seat.guests.size(), 1U);
  EXPECT_EQ(seat.guests[0].name.str(), "b");
  EXPECT_THAT(left_out(imported), ElementsAre("2 libvirt.domain"));
}

TEST(Virtkvm, NothingIsWrittenIsNothing) {
  const auto imported = import("devices:\ndisplays:\ncommands:\nhttp: {}\n");
  EXPECT_THAT(seat_of(imported).devices, IsEmpty());
  EXPECT_THAT(left_out(imported), IsEmpty());
}

TEST(Virtkvm, WhatIsNoConfigurationIsRefusedWithItsLine) {
  for (const char* text : {"", "- a\n- b\n", "hello"}) {
    const auto imported = import(text);
    ASSERT_FALSE(imported) << text;
    EXPECT_EQ(imported.error().object, "config.yaml:1");
    EXPECT_THAT(imported.error().reason, HasSubstr("expected virtkvm's settings"));
  }
  const auto broken = import("libvirt:\n  uri: [\n");
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error().object, HasSubstr("config.yaml:"));
}

// As hotseatd reads it: from a file.
TEST(Virtkvm, TheDaemonLoadsIt) {
  const auto imported = import_virtkvm(sample("virtkvm.yaml"));
  ASSERT_TRUE(imported);
  std::string folder = std::filesystem::temp_directory_path() / "hotseat-import-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/hotseat.toml";
  std::ofstream(path) << imported->toml;
  std::filesystem::permissions(path, std::filesystem::perms(0600));
  const auto seat = config::load(path);
  EXPECT_TRUE(seat) << to_string(seat.error());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace hotseat::importers
