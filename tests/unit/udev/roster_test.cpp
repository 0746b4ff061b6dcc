#include "adapters/udev/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/udev/fake_sysfs.h"

namespace hotseat::adapters {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RosterTest : public testing::Test {
 protected:
  const UdevFacts kSettled{true, {}, "Logitech_USB_Keyboard"};
  const UdevFacts kNamed{true, {"usb-Logitech_USB_Keyboard-event-kbd"}, "Logitech_USB_Keyboard"};

  // A uevent has come for each.
  const News kNews{{"1-3", {}}, {"1-4", {}}};
  const News kInterfaces{{"1-3", {.interfaces = true, .anything = false, .by_id = {}}}};
  const News kAnything{{"1-3", {.interfaces = false, .anything = true, .by_id = {}}}};

  UsbDevice only(const News& news) {
    const auto devices = roster.refresh(news);
    EXPECT_EQ(devices.size(), 1U);
    return devices.empty() ? UsbDevice{} : devices.front();
  }
  UsbDevice only() { return only(kNews); }
  UsbDriver driver() { return only().driver; }

  FakeSysfs sysfs;
  UsbTree tree{sysfs.path()};
  UdevFacts facts = kSettled;
  int lookups = 0;
  Roster roster{tree, [this](const UsbNode&) {
                  ++lookups;
                  return facts;
                }};
};

TEST_F(RosterTest, DescribesADeviceOfTheHost) {
  plug_keyboard(sysfs);
  facts = kNamed;
  const UsbDevice expected{
      {1, 7},         {0x046d, 0xc31c}, "A1", "1-3", {"usb-Logitech_USB_Keyboard-event-kbd"},
      UsbDriver::host};
  EXPECT_EQ(only(), expected);
}

TEST_F(RosterTest, ADeviceIsNobodysUntilUdevIsThroughWithIt) {
  plug_keyboard(sysfs);
  facts = {};
  EXPECT_EQ(driver(), UsbDriver::none);
  EXPECT_FALSE(roster.is_waiting());  // a uevent will tell
  facts = kSettled;
  EXPECT_EQ(driver(), UsbDriver::host);
}

TEST_F(RosterTest, AGuestsDeviceIsUsbfs) {
  plug_keyboard(sysfs);
  bind_keyboard(sysfs, "usbfs");
  EXPECT_EQ(driver(), UsbDriver::usbfs);
}

TEST_F(RosterTest, ADeviceThatLostItsDriverIsNobodysAndWorthAnotherLook) {
  plug_keyboard(sysfs);
  EXPECT_EQ(driver(), UsbDriver::host);
  EXPECT_FALSE(roster.is_waiting());
  bind_keyboard(sysfs, "");
  EXPECT_EQ(driver(), UsbDriver::none);
  EXPECT_TRUE(roster.is_waiting());
  bind_keyboard(sysfs, "usbfs");
  EXPECT_EQ(driver(), UsbDriver::usbfs);
  EXPECT_FALSE(roster.is_waiting());
}

// QEMU killed: usbfs lets go and nobody gives the device its driver back.
TEST_F(RosterTest, ADeviceThatItsGuestLeftBehindStaysNobodys) {
  plug_keyboard(sysfs);
  EXPECT_EQ(driver(), UsbDriver::host);
  bind_keyboard(sysfs, "usbfs");
  EXPECT_EQ(driver(), UsbDriver::usbfs);
  bind_keyboard(sysfs, "");
  EXPECT_EQ(driver(), UsbDriver::none);
  roster.stop_waiting();
  EXPECT_EQ(driver(), UsbDriver::none);
}

TEST_F(RosterTest, AKeyboardLeftBehindBeforeWeStartedIsNobodys) {
  plug_keyboard(sysfs);
  bind_keyboard(sysfs, "");
  EXPECT_EQ(driver(), UsbDriver::none);
  roster.stop_waiting();
  EXPECT_EQ(driver(), UsbDriver::none);
}

TEST_F(RosterTest, ADeviceThatNoHostDriverCaresForIsTheHosts) {
  sysfs.plug("1-4", {1, 8}, {0x0403, 0x6010});
  sysfs.add_interface("1-4", 0, "ff/ff/ff");
  EXPECT_EQ(driver(), UsbDriver::host);
  EXPECT_FALSE(roster.is_waiting());
  sysfs.bind("1-4:1.0", "usbfs");
  EXPECT_EQ(driver(), UsbDriver::usbfs);
  sysfs.bind("1-4:1.0", "");
  EXPECT_EQ(driver(), UsbDriver::host);
}

TEST_F(RosterTest, ADeviceWithoutInterfacesIsTheHosts) {
  sysfs.plug("1-4", {1, 8}, {0x0403, 0x6010});
  EXPECT_EQ(driver(), UsbDriver::host);
}

// Some HID devices are left to user programs by the kernel (drivers/hid/hid-quirks.c).
TEST_F(RosterTest, AKeyboardThatFoundNoDriverWhenPluggedInIsTheHostsAfterAWait) {
  plug_keyboard(sysfs);
  bind_keyboard(sysfs, "");
  facts = {};
  EXPECT_EQ(driver(), UsbDriver::none);
  facts = kSettled;
  EXPECT_EQ(driver(), UsbDriver::none);
  EXPECT_TRUE(roster.is_waiting());
  roster.stop_waiting();
  EXPECT_EQ(driver(), UsbDriver::host);
  EXPECT_FALSE(roster.is_waiting());
}

TEST_F(RosterTest, WaitingForOneDeviceConcludesNothingAboutAnotherThatAGuestHas) {
  plug_keyboard(sysfs);
  bind_keyboard(sysfs, "");
  facts = {};
  driver();
  facts = kSettled;
  bind_keyboard(sysfs, "usbfs");
  EXPECT_EQ(driver(), UsbDriver::usbfs);
  roster.stop_waiting();
  bind_keyboard(sysfs, "");
  EXPECT_EQ(driver(), UsbDriver::none);
}

TEST_F(RosterTest, ADeviceThatNoDriverTookWhenOfferedIsTheHostsUntilOneDoes) {
  plug_keyboard(sysfs);
  EXPECT_EQ(driver(), UsbDriver::host);
  bind_keyboard(sysfs, "");
  roster.not_wanted({1, 7});
  EXPECT_EQ(driver(), UsbDriver::host);
  bind_keyboard(sysfs, "usbhid");
  EXPECT_EQ(driver(), UsbDriver::host);
  bind_keyboard(sysfs, "");
  EXPECT_EQ(driver(), UsbDriver::none);
}

TEST_F(RosterTest, ADeviceThatIsNotBoundOrNotAuthorizedIsNobodys) {
  sysfs.plug("1-4", {1, 8}, {0x0403, 0x6010});
  sysfs.bind("1-4", "");
  EXPECT_EQ(driver(), UsbDriver::none);
  sysfs.bind("1-4", "usb");
  sysfs.set("1-4/authorized", "0");
  EXPECT_EQ(driver(), UsbDriver::none);
}

TEST_F(RosterTest, RemembersNamesWhileAGuestHasTheDevice) {
  plug_keyboard(sysfs);
  facts = kNamed;
  only();
  bind_keyboard(sysfs, "usbfs");
  facts = kSettled;  // the input nodes have gone
  EXPECT_THAT(only(kAnything).by_id, ElementsAre("usb-Logitech_USB_Keyboard-event-kbd"));
}

TEST_F(RosterTest, CollectsTheNamesThatComeOneByOne) {
  plug_keyboard(sysfs);
  facts = kNamed;
  only();
  const News more{{"1-3",
                   {.interfaces = false,
                    .anything = false,
                    .by_id = {"usb-Logitech_USB_Keyboard-event-if01"}}}};
  EXPECT_THAT(only(more).by_id, ElementsAre("usb-Logitech_USB_Keyboard-event-if01",
                                            "usb-Logitech_USB_Keyboard-event-kbd"));
}

TEST_F(RosterTest, ForgetsNamesWithTheDeviceThatHadThem) {
  plug_keyboard(sysfs, {1, 7});
  facts = kNamed;
  only();
  sysfs.set("1-3/devnum", "8");  // unplugged, and another one plugged in between two looks
  facts = {true, {}, "Other"};
  EXPECT_THAT(only().by_id, IsEmpty());
}

TEST_F(RosterTest, NamesADeviceThatAGuestHadAllAlongAsUdevWould) {
  plug_keyboard(sysfs);
  bind_keyboard(sysfs, "usbfs");
  EXPECT_THAT(only().by_id, testing::Contains("usb-Logitech_USB_Keyboard-event-kbd"));
}

// QEMU has it, and its guest has not configured it: no usbfs to see, no host driver either.
TEST_F(RosterTest, NamesADeviceThatLacksItsDriverAsUdevWould) {
  plug_keyboard(sysfs);
  bind_keyboard(sysfs, "");
  EXPECT_THAT(only().by_id, testing::Contains("usb-Logitech_USB_Keyboard-event-kbd"));
}

TEST_F(RosterTest, GuessesNoNamesForADeviceThatUdevIsStillToName) {
  plug_keyboard(sysfs);
  facts = {false, {}, "Logitech_USB_Keyboard"};
  EXPECT_THAT(only().by_id, IsEmpty());
}

// Reading all of it at every uevent would be most of what a switch costs.
TEST_F(RosterTest, ReadsNothingOfADeviceTheHostDrivesUnlessThereIsNews) {
  plug_keyboard(sysfs);
  EXPECT_EQ(driver(), UsbDriver::host);
  bind_keyboard(sysfs, "");  // without a uevent, which does not happen
  EXPECT_EQ(only({}).driver, UsbDriver::host);
  EXPECT_EQ(driver(), UsbDriver::none);
  bind_keyboard(sysfs, "usbfs");  // does happen
  EXPECT_EQ(only({}).driver, UsbDriver::usbfs);
}

TEST_F(RosterTest, LearnsOfOtherInterfaces) {
  plug_keyboard(sysfs);
  only();
  sysfs.add_interface("1-3", 2, "03/01/01");
  bind_keyboard(sysfs, "");
  sysfs.bind("1-3:1.2", "usbhid");
  EXPECT_EQ(only(kInterfaces).driver, UsbDriver::host);
}

TEST_F(RosterTest, AsksUdevAboutWhatIsNewUnfinishedOrLostOnly) {
  plug_keyboard(sysfs);
  facts = {};
  only();
  EXPECT_EQ(lookups, 1);
  facts = kSettled;
  only();
  EXPECT_EQ(lookups, 2);
  only();
  EXPECT_EQ(lookups, 2);
  only({});
  EXPECT_EQ(lookups, 2);
  only(kInterfaces);
  EXPECT_EQ(lookups, 2);
  only(kAnything);
  EXPECT_EQ(lookups, 3);
}

// QEMU resets a device when it takes it and when it lets go.
TEST_F(RosterTest, ADeviceThatIsBeingResetIsStillThere) {
  plug_keyboard(sysfs);
  facts = kNamed;
  const UsbDevice before = only();
  sysfs.set("1-3/devnum", "0");
  EXPECT_EQ(only(), before);
  EXPECT_EQ(only(kInterfaces), before);
  EXPECT_EQ(roster.driver_now({1, 7}), UsbDriver::host);
  EXPECT_EQ(lookups, 1);
}

TEST_F(RosterTest, ReadsTheSerialOncePerPlug) {
  plug_keyboard(sysfs);
  EXPECT_EQ(only().serial, "A1");
  sysfs.set("1-3/serial", "B2");
  EXPECT_EQ(only().serial, "A1");
  sysfs.set("1-3/devnum", "8");
  EXPECT_EQ(only().serial, "B2");
}

TEST_F(RosterTest, ListsTwinsApart) {
  plug_keyboard(sysfs);
  sysfs.plug("1-4", {1, 8}, {0x046d, 0xc31c}, "A1");
  const auto devices = roster.refresh({});
  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].port, "1-3");
  EXPECT_EQ(devices[1].port, "1-4");
}

TEST_F(RosterTest, TellsTheDriverOfThisInstant) {
  plug_keyboard(sysfs);
  only();
  bind_keyboard(sysfs, "usbfs");
  EXPECT_EQ(roster.driver_now({1, 7}), UsbDriver::usbfs);
  bind_keyboard(sysfs, "");
  EXPECT_EQ(roster.driver_now({1, 7}), UsbDriver::none);
  bind_keyboard(sysfs, "usbhid");
  EXPECT_EQ(roster.driver_now({1, 7}), UsbDriver::host);
  sysfs.unplug("1-3");
  EXPECT_EQ(roster.driver_now({1, 7}), std::nullopt);
}

TEST_F(RosterTest, TellsTheDriverOfADeviceItHasNotMet) {
  plug_keyboard(sysfs);
  EXPECT_EQ(roster.driver_now({1, 7}), UsbDriver::host);
  bind_keyboard(sysfs, "");
  EXPECT_EQ(roster.driver_now({1, 7}), UsbDriver::none);
}

TEST_F(RosterTest, FindsTheDeviceThatTookOverThePortOfAnother) {
  plug_keyboard(sysfs, {1, 7});
  only();
  sysfs.set("1-3/devnum", "8");
  EXPECT_EQ(roster.driver_now({1, 7}), std::nullopt);
  EXPECT_EQ(roster.driver_now({1, 8}), UsbDriver::host);
}

}  // namespace
}  // namespace hotseat::adapters
