#include "importers/vfio_kvm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Expected<Imported> import(const std::string& yaml) {
  return import_vfio_kvm({"vfio-kvm.yaml", yaml}, {});
}

Expected<Imported> whole() {
  return import_vfio_kvm(sample("vfio-kvm.yaml"), {sample("win10.xml"), sample("linux.xml")});
}

TEST(VfioKvm, TheExampleIsCarriedOver) {
  const Seat seat = seat_of(whole());
  EXPECT_THAT(devices_of(seat), ElementsAre("keyboard usb-Keys_K1-event-kbd evdev",
                                            "mouse usb-Mice_M1-event-mouse evdev"));
  ASSERT_EQ(seat.guests.size(), 2U);
  EXPECT_EQ(seat.guests[0].domain.str(), "win10");
  EXPECT_EQ(seat.guests[1].domain.str(), "linux");
  EXPECT_EQ(seat.compat, (Compat{true, "seat.kvm", "/seat/kvm"}));
}

TEST(VfioKvm, HotkeysAreCarriedAndThatOfTheDomainCounts) {
  const Seat seat = seat_of(whole());
  EXPECT_EQ(hotkey_of(seat, HotkeyAction::cycle), chord({"KEY_LEFTCTRL", "KEY_RIGHTCTRL"}));
  EXPECT_EQ(hotkey_of(seat, HotkeyAction::release),
            chord({"KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_PAUSE"}));
  const auto target = [&](const char* name) {
    return hotkey_of(seat, HotkeyAction::switch_to, name);
  };
  EXPECT_EQ(target("host"), chord({"KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP0"}));
  EXPECT_EQ(target("win10"), chord({"KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP1"}));
  EXPECT_EQ(target("linux"), chord({"KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP2"}));
}

TEST(VfioKvm, WhatIsNotCarriedIsListedWithItsLine) {
  EXPECT_THAT(
      left_out(whole()),
      ElementsAre("21 /dev/input/by-id/usb-Tablet-event-if00", "10 vfiokvm:colour",
                  "15 vm.win10.hotkey", "20 manage_cpu", "21 manage_hugepages", "4 qemu_hotkey"));
}

TEST(VfioKvm, ADomainAloneWillDo) {
  const Seat seat = seat_of(import_vfio_kvm(sample("win10.xml"), {}));
  EXPECT_EQ(devices_of(seat).size(), 2U);
  ASSERT_EQ(seat.guests.size(), 1U);
}

TEST(VfioKvm, NoConfigurationIsTheDefaultOne) {
  const auto imported = import("");
  const Seat seat = seat_of(imported);
  EXPECT_TRUE(seat.compat.vfio_kvm);
  EXPECT_THAT(imported->toml, HasSubstr("--domain"));
}

TEST(VfioKvm, TheDevicesOfTheFirstVersionAreCarriedOver) {
  const auto imported = import_vfio_kvm(sample("vfio-kvm-1.yaml"), {});
  EXPECT_THAT(devices_of(seat_of(imported)), ElementsAre("keyboard usb-Keys_K1-event-kbd evdev"));
  EXPECT_THAT(left_out(imported), ElementsAre("5 delay", "9 devices[1]"));
}

TEST(VfioKvm, TheSuccessorIsCarriedOver) {
  const auto imported = import_vfio_kvm(sample("akeydo.conf"), {});
  const Seat seat = seat_of(imported);
  EXPECT_EQ(hotkey_of(seat, HotkeyAction::switch_to, "vm2"),
            chord({"KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP2"}));
  EXPECT_THAT(devices_of(seat), ElementsAre("keyboard usb-Keys_K1-event-kbd evdev"));
  EXPECT_THAT(left_out(imported), ElementsAre("1 cpu", "3 memory", "6 hotkeys.delay",
                                              "14 hotkeys.signals", "19 devices.wait_duration",
                                              "21 dbus.bus_name", "22 gpu", "8 hotkeys.qemu"));
}

TEST(VfioKvm, QemusChordCyclesWhenThereIsNoOther) {
  const auto imported = import("qemu_hotkey: [KEY_LEFTALT, KEY_RIGHTALT]");
  EXPECT_EQ(hotkey_of(seat_of(imported), HotkeyAction::cycle),
            chord({"KEY_LEFTALT", "KEY_RIGHTALT"}));
  EXPECT_THAT(left_out(imported), IsEmpty());
}

TEST(VfioKvm, NoHotkeyForCyclingIsNone) {
  EXPECT_EQ(hotkey_of(seat_of(import("hotkey: []")), HotkeyAction::cycle), Chord{});
}

TEST(VfioKvm, HotkeysThatGetInEachOthersWayAreReported) {
  const auto imported = import(
      "vm:\n"
      "  a: {hotkey: [KEY_LEFTCTRL, KEY_KP1]}\n"
      "  b: {hotkey: [KEY_LEFTCTRL, KEY_KP1, KEY_KP2]}\n"
      "  c: {hotkey: [KEY_LEFTCTRL, KEY_LEFTALT]}\n");
  const Seat seat = seat_of(imported);
  EXPECT_EQ(hotkey_of(seat, HotkeyAction::switch_to, "a"), chord({"KEY_LEFTCTRL", "KEY_KP1"}));
  EXPECT_THAT(left_out(imported), ElementsAre("3 vm.b.hotkey", "4 vm.c.hotkey"));
}

struct Key {
  const char* name;
  const char* yaml;
  bool carried;
};

class VfioKvmKey : public ::testing::TestWithParam<Key> {};

TEST_P(VfioKvmKey, IsCarriedOrReported) {
  const auto imported = import(GetParam().yaml);
  seat_of(imported);
  EXPECT_EQ(is_left_out(imported, GetParam().name), !GetParam().carried) << GetParam().yaml;
}

INSTANTIATE_TEST_SUITE_P(
    All, VfioKvmKey,
    ::testing::Values(Key{"hotkey", "hotkey: [KEY_SCROLLLOCK]", true},
                      Key{"hotkey", "hotkey: [KEY_NOSUCH]", false},
                      Key{"hotkey", "hotkey: [BTN_LEFT]", false},
                      Key{"hotkey", "hotkey: {a: b}", false},
                      Key{"qemu_hotkey", "qemu_hotkey: [KEY_SCROLLLOCK]", true},
                      Key{"qemu_hotkey", "hotkey: [KEY_F1]\nqemu_hotkey: [KEY_SCROLLLOCK]", false},
                      Key{"release_hotkey", "release_hotkey: [KEY_PAUSE]", true},
                      Key{"release_hotkey", "release_hotkey: []", false},
                      Key{"release_hotkey", "release_hotkey: [KEY_LEFTCTRL, KEY_RIGHTCTRL]", false},
                      Key{"host.hotkey", "host: {hotkey: [KEY_F1]}", true},
                      Key{"host.colour", "host: {colour: blue}", false},
                      Key{"vm.a.hotkey", "vm: {a: {hotkey: [KEY_F1, KEY_F1]}}", true},
                      Key{"vm.host.hotkey", "vm: {host: {hotkey: [KEY_F1]}}", true},
                      Key{"vm.a.colour", "vm: {a: {colour: blue}}", false},
                      Key{"vm.", "vm: {'': {hotkey: [KEY_F1]}}", false},
                      Key{"dbus_bus_name", "dbus_bus_name: org.seat.kvm", true},
                      Key{"dbus_bus_name", "dbus_bus_name: org.hotseat.Hotseat1", false},
                      Key{"dbus_bus_name", "dbus_bus_name: nodots", false},
                      Key{"dbus_object_path", "dbus_object_path: /a/b", true},
                      Key{"dbus_object_path", "dbus_object_path: a b", false},
                      Key{"manage_cpu", "manage_cpu: true", false},
                      Key{"manage_hugepages", "manage_hugepages: true", false},
                      Key{"delay", "delay: 5", false}, Key{"colour", "colour: blue", false}));

TEST(VfioKvm, WhatCannotBeReadIsRefused) {
  EXPECT_FALSE(import("- a"));
  const auto broken = import_vfio_kvm({"v.yaml", ""}, {{"vm.xml", "<domain>\n<name>a</nam>"}});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().object, "vm.xml");
  EXPECT_THAT(broken.error().reason, HasSubstr("line 2"));
}

}  // namespace
}  // namespace hotseat::importers
