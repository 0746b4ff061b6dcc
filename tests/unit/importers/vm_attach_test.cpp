#include "importers/vm_attach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

Expected<Imported> import(const std::string& script) {
  return import_vm_attach({"vm-attach.sh", script}, {}, {"win10"});
}

TEST(VmAttach, TheScriptOfTheArticleIsCarriedOver) {
  const auto imported = import_vm_attach(sample("vm-attach.sh"), {}, {"win10"});
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat), ElementsAre("device-1 1234:5678 usb optional"));
  ASSERT_EQ(seat.monitors.size(), 1U);
  EXPECT_EQ(seat.monitors[0].match.bus, 1);
  EXPECT_THAT(seat.monitors[0].inputs, ElementsAre(Pair(TargetName{"win10"}, 3)));
  EXPECT_THAT(left_out(imported), ElementsAre("5 devices[1]"));
  EXPECT_THAT(imported->toml, HasSubstr("Add host = N to inputs"));
}

TEST(VmAttach, TheKeyOfTheGuestMayGiveTheSeatBack) {
  const auto imported = import_vm_attach(sample("vm-attach.sh"), {}, {"win10", "linux"});
  const Seat seat = seat_of(imported);
  EXPECT_THAT(rights_of(seat, {Requester::Kind::ssh, "vm-attach", {}}),
              ElementsAre("release", "switch:host"));
  EXPECT_THAT(rights_of(seat, {Requester::Kind::ssh, "other", {}}), IsEmpty());
  EXPECT_THAT(imported->choices.back().text, HasSubstr("\"switch:win10\" or \"switch:linux\""));
}

TEST(VmAttach, WithoutAGuestsNameOneStandsInForIt) {
  const auto imported = import_vm_attach(sample("vm-attach.sh"), {}, {});
  const Seat seat = seat_of(imported);
  ASSERT_EQ(seat.guests.size(), 1U);
  EXPECT_EQ(seat.guests[0].name.str(), "vm");
  EXPECT_THAT(left_out(imported), ElementsAre("5 devices[1]", "6 vmname"));
}

TEST(VmAttach, AScriptThatHasGrownIsCarriedOver) {
  const auto imported = import_vm_attach(sample("vm-attach-own.sh"),
                                         {sample("usb-pad.xml"), {"dir/old.xml", ""}}, {});
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat),
              ElementsAre("keyboard 046d:c31c usb optional", "big-mouse 046d:c077 usb optional",
                          "headset 0d8c:0014 usb optional", "usb-pad 045e:028e usb optional"));
  ASSERT_EQ(seat.guests.size(), 1U);
  EXPECT_EQ(seat.guests[0].name.str(), "win10");
  EXPECT_EQ(seat.guests[0].start, StartPolicy::automatic);
  EXPECT_EQ(seat.libvirt_uri, "qemu:///system");
  ASSERT_EQ(seat.monitors.size(), 2U);
  EXPECT_EQ(seat.monitors[0].match.model, "HP 24o");
  EXPECT_THAT(seat.monitors[0].inputs,
              ElementsAre(Pair(TargetName{"host"}, 15), Pair(TargetName{"win10"}, 0x11)));
  EXPECT_EQ(seat.monitors[1].match.bus, 5);
}

TEST(VmAttach, WhatIsNotUnderstoodIsListedWithItsLine) {
  const auto imported = import_vm_attach(sample("vm-attach-own.sh"),
                                         {sample("usb-pad.xml"), {"dir/old.xml", ""}}, {});
  EXPECT_THAT(
      left_out(imported),
      ElementsAre("17 virsh -c $URI attach-device $VM $(dirname \"$0\")/usb-pad.xml",
                  "21 pactl set-sink-mute @DEFAULT_SINK@ 1", "26 ddcutil -d 2 setvcp 60 15",
                  "27 echo 1", "30 ddcutil setvcp 10 50 --bus 5", "0 old.xml", "6 RETRIES"));
}

TEST(VmAttach, TellsTheBranchesApart) {
  const std::string s = "ddcutil setvcp 60 1 -b 1\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"if [ \"$1\" = attach ]; then " + s + "fi", "win10"},
      {"if [ \"$1\" = attach ]; then :; else\n" + s + "fi", "host"},
      {"if [[ $1 != attach ]]; then\n" + s + "fi", "host"},
      {"if [ $1 == detach ]; then\n" + s + "fi", "host"},
      {"if [ $1 == detach ]; then :; elif [ $1 = attach ]; then\n" + s + "fi", "win10"},
      {"if [ $1 == attach ]; then if [ -e x ]; then\n" + s + "fi; fi", "win10"},
      {"case $1 in attach|on) " + s + ";; esac", ""},
      {"case $1 in on|attach) " + s + ";; esac", "win10"},
      {"case \"$1\" in (\"detach\") " + s + ";; esac", "host"},
      {s, ""}};
  for (const auto& [script, target] : cases) {
    const Seat seat = seat_of(import(script));
    if (target.empty()) {
      EXPECT_THAT(seat.monitors, IsEmpty()) << script;
      continue;
    }
    ASSERT_EQ(seat.monitors.size(), 1U) << script;
    EXPECT_THAT(seat.monitors[0].inputs, ElementsAre(Pair(TargetName{target}, 1))) << script;
  }
}

TEST(VmAttach, DevicesAreFoundHoweverTheyAreWritten) {
  for (const char* script :
       {"devices=(046d:c31c)", "declare -a devs=( '046d:c31c' )", "devices+=(046d:c31c)",
        "devices=\"046d:c31c\"", "KEYBOARD=046d:c31c", "for d in 046d:c31c; do :; done",
        "f() { :; }\nf win10 046d:c31c attach",
        "cat > /tmp/x.xml <<EOF\n<hostdev type='usb'><source><vendor id='0x046d'/>"
        "<product id='0xc31c'/></source></hostdev>\nEOF\n"}) {
    const auto imported = import(script);
    const Seat seat = seat_of(imported);
    ASSERT_EQ(seat.devices.size(), 1U) << script;
    EXPECT_EQ(to_string(*seat.devices[0].match.id), "046d:c31c");
    EXPECT_THAT(left_out(imported), IsEmpty()) << script;
  }
}

TEST(VmAttach, NothingIsDroppedSilently) {
  for (const char* script :
       {"systemctl stop display-manager", "FOO=bar", "FOO=$(date)", "FOO=(a b)", "devices=(ab:cd)",
        "ddcutil setvcp 60 $x --bus=1", "virsh attach-device win10 /etc/away.xml",
        "virsh shutdown win10", "echo 1 > /sys/x",
        "input=3; input=4; if [ attach ]; then ddcutil "
        "setvcp 60 $input -b 1; fi",
        "kill -9 $(pidof x)", "a=b xrandr"}) {
    EXPECT_FALSE(left_out(import(script)).empty()) << script;
  }
}

TEST(VmAttach, AQuoteThatIsNeverClosedIsRefusedWithItsLine) {
  const auto imported = import("a=1\nb='x\n");
  ASSERT_FALSE(imported);
  EXPECT_EQ(imported.error().object, "vm-attach.sh:2");
  EXPECT_THAT(imported.error().reason, HasSubstr("never closed"));
}

}  // namespace
}  // namespace hotseat::importers
