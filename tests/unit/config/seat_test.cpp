// What a good configuration becomes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.h"

namespace hotseat::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

Seat read(std::string_view text) {
  auto seat = parse(text, "test.toml");
  if (!seat) ADD_FAILURE() << to_string(seat.error());
  return seat.value_or(Seat{});
}

TEST(Seat, EverySettingArrivesWhereItBelongs) {
  const Seat seat = read(R"(
    [seat]
    cycle_hotkey = ["KEY_LEFTCTRL", "KEY_RIGHTCTRL"]
    [libvirt]
    uri = "qemu+unix:///system"
    [timeouts]
    usb = "1500ms"
    monitor = "3s"
    start = "1m"
    release = "2s"
    [host]
    on_enter = [["/bin/in", "a b", ""]]
    on_leave = [{ run = ["/bin/out"], timeout = "2s", required = true }]
    [guest.win11]
    domain = "Windows 11"
    start = "auto"
    start_timeout = "90s"
    hotkey = ["KEY_F12"]
    policy = ["switch:host", "switch:self", "switch:zorg"]
    on_enter = [["/bin/one"], ["/bin/two"]]
    [guest.zorg]
    [[device]]
    name = "keyboard"
    match = { usb = "046d:C31C", serial = "A1", port = "1-3.2", by_id = "usb-K-event-kbd" }
    [[device]]
    name = "pad"
    match = { port = "2-1" }
    transport = "usb"
    optional = true
    [[monitor]]
    name = "left"
    match = { manufacturer = "HPN", model = "HP 24o", serial = "CN4", connector = "DP-1", bus = 3 }
    inputs = { host = "DisplayPort-1", win11 = "HDMI-1", zorg = 0x12 }
    quirks = { feature = 0xF4, source_address = 0x50, get_before_set = true, settle = "0s", read_mask = 15 }
  )");

  EXPECT_EQ(seat.libvirt_uri, "qemu+unix:///system");
  EXPECT_EQ(seat.timeouts, (Timeouts{1500ms, 3000ms, 2000ms}));
  EXPECT_THAT(seat.host.on_enter, ElementsAre(CommandSpec{{"/bin/in", "a b", ""}, 5s, false}));
  EXPECT_THAT(seat.host.on_leave, ElementsAre(CommandSpec{{"/bin/out"}, 2s, true}));

  ASSERT_THAT(seat.guests, SizeIs(2));
  const GuestSpec& windows = seat.guests[0];
  EXPECT_EQ(windows.name.str(), "win11");
  EXPECT_EQ(windows.domain.str(), "Windows 11");
  EXPECT_EQ(windows.start, StartPolicy::automatic);
  EXPECT_EQ(windows.start_timeout, 90s);
  EXPECT_THAT(windows.on_enter, ElementsAre(CommandSpec{{"/bin/one"}, 5s, false},
                                            CommandSpec{{"/bin/two"}, 5s, false}));
  EXPECT_EQ(seat.guests[1].domain.str(), "zorg");
  EXPECT_EQ(seat.guests[1].start, StartPolicy::never);
  EXPECT_EQ(seat.guests[1].start_timeout, 60s);

  ASSERT_THAT(seat.devices, SizeIs(2));
  EXPECT_EQ(seat.devices[0].name.str(), "keyboard");
  EXPECT_EQ(seat.devices[0].match,
            (DeviceMatch{UsbId{0x046d, 0xc31c}, "A1", "1-3.2", "usb-K-event-kbd"}));
  EXPECT_FALSE(seat.devices[0].optional);
  EXPECT_TRUE(seat.devices[1].optional);

  ASSERT_THAT(seat.monitors, SizeIs(1));
  EXPECT_EQ(seat.monitors[0].match, (MonitorMatch{"HPN", "HP 24o", "CN4", "DP-1", 3}));
  EXPECT_THAT(seat.monitors[0].inputs,
              ElementsAre(Pair(TargetName{"host"}, 0x0f), Pair(TargetName{"win11"}, 0x11),
                          Pair(TargetName{"zorg"}, 0x12)));
  EXPECT_EQ(seat.monitors[0].quirks, (MonitorQuirkOverrides{0xF4, 0x50, true, 0ms, 15}));
  EXPECT_THAT(
      seat.notes,
      ElementsAre(
          "while a guest has the seat no hotkey is seen: no device has transport = \"evdev\""));
}

TEST(Seat, Policy) {
  const Seat seat = read(R"(
    [policy]
    "user:alice" = ["switch:host", "status"]
    "web:*" = []
    [guest.win11]
    policy = ["switch:self", "next"]
    [guest.zorg])");
  const auto& grants = seat.policy.grants;
  EXPECT_EQ(grants.at("user:alice"), (Permissions{{Verb::switch_to, kHost}, {Verb::status, {}}}));
  EXPECT_EQ(grants.at("web:*"), Permissions{});
  EXPECT_EQ(grants.at("guest:win11"),
            (Permissions{{Verb::switch_to, TargetName{"win11"}}, {Verb::next, {}}}));
  EXPECT_FALSE(grants.contains("guest:zorg"));
  EXPECT_EQ(grants.at("guest:*"), standard_policy().grants.at("guest:*"));
  EXPECT_EQ(read("[guest.w]").policy, standard_policy());
}

TEST(Seat, HotkeysSetAndStandard) {
  const Seat seat = read(R"(
    [seat]
    cycle_hotkey = { keys = ["KEY_RIGHTCTRL"], taps = 2, within = "300ms" }
    [host]
    hotkey = ["KEY_F11"]
    [guest.win11]
    hotkey = { keys = ["KEY_PAUSE"], hold = "500ms" }
    [[device]]
    name = "k"
    match = { name = "MX Keys", address = "D0:5F:64:01:02:03" }
    transport = "evdev")");
  ASSERT_THAT(seat.hotkeys, SizeIs(4));
  const Hotkey& release = seat.hotkeys[0];
  EXPECT_EQ(release.action, HotkeyAction::release);
  EXPECT_EQ(release.keys, (Chord{1, 29, 56}));  // Esc, left Ctrl, left Alt
  const Hotkey& cycle = seat.hotkeys[1];
  EXPECT_EQ(cycle.action, HotkeyAction::cycle);
  EXPECT_EQ(cycle.keys, Chord{97});
  EXPECT_EQ(cycle.taps, 2);
  EXPECT_EQ(cycle.within, 300ms);
  EXPECT_EQ(seat.hotkeys[2].target, kHost);
  EXPECT_EQ(seat.hotkeys[3].target.str(), "win11");
  EXPECT_EQ(seat.hotkeys[3].hold, 500ms);
  EXPECT_EQ(seat.devices[0].transport, Transport::evdev);
  EXPECT_EQ(*seat.devices[0].match.address, "d0:5f:64:01:02:03");
  EXPECT_THAT(seat.notes, IsEmpty());
}

TEST(Seat, CyclingCanBeSwitchedOff) {
  const Seat seat = read("[seat]\ncycle_hotkey = []\n");
  ASSERT_THAT(seat.hotkeys, SizeIs(1));
  EXPECT_EQ(seat.hotkeys[0].action, HotkeyAction::release);
}

TEST(Seat, GuestsKeepTheOrderOfTheFile) {
  const Seat seat = read("[guest.zeta]\n[guest.alpha]\n[guest.mid]\n");
  ASSERT_THAT(seat.guests, SizeIs(3));
  EXPECT_EQ(seat.guests[0].name.str(), "zeta");
  EXPECT_EQ(seat.guests[1].name.str(), "alpha");
  EXPECT_EQ(seat.guests[2].name.str(), "mid");
}

TEST(Seat, UnsetQuirksStayUnset) {
  const Seat seat = read(R"([[monitor]]
    name = "m"
    match = { bus = 1 }
    inputs = { host = 1 }
    quirks = { read_mask = 0x7f })");
  ASSERT_THAT(seat.monitors, SizeIs(1));
  MonitorQuirkOverrides only_the_mask;
  only_the_mask.read_mask = 0x7f;
  EXPECT_EQ(seat.monitors[0].quirks, only_the_mask);
}

TEST(Seat, NoBitOfAReadBackMayCount) {
  const Seat seat = read(R"([[monitor]]
    name = "m"
    match = { bus = 1 }
    inputs = { host = 1 }
    quirks = { read_mask = 0 })");
  ASSERT_THAT(seat.monitors, SizeIs(1));
  EXPECT_EQ(seat.monitors[0].quirks.read_mask, 0);
}

TEST(Seat, AnEmptyFileIsAnEmptySeatAndSaysSo) {
  const Seat seat = read("");
  EXPECT_THAT(seat.devices, IsEmpty());
  EXPECT_EQ(seat.libvirt_uri, "qemu:///system");
  EXPECT_THAT(seat.notes,
              ElementsAre("the seat is empty: there is no [[device]] and no [[monitor]]",
                          "there is no [guest.NAME] to switch to"));
}

TEST(Seat, AMonitorThatWouldStayOnTheGuestIsNoted) {
  const Seat seat = read(R"([guest.w]
    [[monitor]]
    name = "left"
    match = { model = "M" }
    inputs = { w = 0x11 })");
  EXPECT_THAT(seat.notes,
              ElementsAre("monitor left has no input for host: it will not come back by "
                          "itself"));
}

TEST(Seat, TwinsAreToldApartByPort) {
  const Seat seat = read(R"([guest.w]
    [[device]]
    name = "one"
    match = { usb = "046d:c31c", port = "1-1" }
    [[device]]
    name = "two"
    match = { usb = "046d:c31c", port = "1-2" })");
  EXPECT_THAT(seat.devices, SizeIs(2));
}

}  // namespace
}  // namespace hotseat::config
