#include "adapters/udev/usb_devices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/loop/loop.h"
#include "tests/unit/udev/fake_sysfs.h"
#include "tests/unit/udev/manual_clock.h"
#include "tests/unit/udev/uevents.h"

namespace hotseat::adapters {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

// Uevents are those of the test, udev is done with everything at once.
class UdevUsbDevicesTest : public UeventsTest {
 protected:
  void SetUp() override {
    UeventsTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    devices = std::make_unique<UdevUsbDevices>(loop.native(), clock, loop, sysfs.path(),
                                               [this](const UsbNode&) { return facts; });
  }

  void observe() {
    devices->observe([this](const std::vector<UsbDevice>& list) { told.push_back(list); });
  }
  void run_all() {
    while (sd_event_run(loop.native(), 0) > 0) {
    }
  }
  void uevent(const std::string& action) { send(action, "usb", "/devices/usb1/1-3"); }

  FakeSysfs sysfs;
  UdevFacts facts{true, {}, ""};
  ManualClock clock;
  Loop loop;
  std::vector<std::vector<UsbDevice>> told;
  std::unique_ptr<UdevUsbDevices> devices;
};

TEST_F(UdevUsbDevicesTest, TellsWhatThereIsSoonAfterItIsAsked) {
  plug_keyboard(sysfs);
  run_all();
  EXPECT_THAT(told, IsEmpty());
  observe();
  EXPECT_THAT(told, IsEmpty());
  run_all();
  EXPECT_THAT(told, ElementsAre(ElementsAre(Field(&UsbDevice::driver, UsbDriver::host))));
}

TEST_F(UdevUsbDevicesTest, TellsOfNoDevicesToo) {
  observe();
  run_all();
  EXPECT_THAT(told, ElementsAre(IsEmpty()));
}

TEST_F(UdevUsbDevicesTest, TellsABurstOfUeventsOnce) {
  observe();
  run_all();
  plug_keyboard(sysfs);
  for (const char* action : {"add", "change", "bind", "bind", "bind"}) uevent(action);
  run_all();
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(told[1], SizeIs(1));
}

TEST_F(UdevUsbDevicesTest, IsSilentWhenNothingIsDifferent) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  uevent("change");
  run_all();
  EXPECT_THAT(told, SizeIs(1));
  EXPECT_TRUE(clock.is_idle());
}

TEST_F(UdevUsbDevicesTest, TellsWhenADeviceIsUnplugged) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  sysfs.unplug("1-3");
  uevent("remove");
  run_all();
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(told[1], IsEmpty());
}

// The kernel tells that the host's driver let go, and not that usbfs came.
TEST_F(UdevUsbDevicesTest, FindsOutThatAGuestTookADeviceWithoutAUevent) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  bind_keyboard(sysfs, "");
  uevent("unbind");
  run_all();
  bind_keyboard(sysfs, "usbfs");
  clock.advance(milliseconds(20));
  EXPECT_THAT(told.back(), ElementsAre(Field(&UsbDevice::driver, UsbDriver::usbfs)));
  EXPECT_TRUE(clock.is_idle());
}

TEST_F(UdevUsbDevicesTest, StopsLookingAtADeviceThatStaysWithoutItsDriver) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  bind_keyboard(sysfs, "");
  uevent("unbind");
  run_all();
  clock.advance(minutes(1));
  run_all();
  EXPECT_TRUE(clock.is_idle());
  EXPECT_THAT(told.back(), ElementsAre(Field(&UsbDevice::driver, UsbDriver::none)));
  bind_keyboard(sysfs, "usbhid");
  uevent("bind");
  run_all();
  EXPECT_THAT(told.back(), ElementsAre(Field(&UsbDevice::driver, UsbDriver::host)));
}

TEST_F(UdevUsbDevicesTest, TellsWhatItNoticedWhenAskedForTheDriver) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  bind_keyboard(sysfs, "usbfs");
  EXPECT_EQ(devices->driver_now({1, 7}), UsbDriver::usbfs);
  EXPECT_THAT(told, SizeIs(1));  // not from inside the call
  run_all();
  EXPECT_THAT(told.back(), ElementsAre(Field(&UsbDevice::driver, UsbDriver::usbfs)));
}

TEST_F(UdevUsbDevicesTest, LooksAtEverythingAgainWhenUeventsWereLost) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  shrink_buffers();
  for (int i = 0; i < 1000; ++i) send("change", "usb", "/devices/usb9/9-9");
  facts.by_id = {"usb-A-event-kbd"};  // its uevent is among the lost
  run_all();
  EXPECT_THAT(told.back()[0].by_id, ElementsAre("usb-A-event-kbd"));
}

TEST_F(UdevUsbDevicesTest, ReclaimAnswersAfterTheChangeIsKnown) {
  plug_keyboard(sysfs);
  observe();
  run_all();
  bool answered = false;
  devices->reclaim({1, 7}, [&](const Expected<void>& result) {
    EXPECT_TRUE(result);
    answered = true;
  });
  EXPECT_FALSE(answered);
  while (!answered) sd_event_run(loop.native(), UINT64_MAX);
}

TEST_F(UdevUsbDevicesTest, ReclaimFailsForADeviceThatIsNotThere) {
  std::optional<Expected<void>> answer;
  devices->reclaim({1, 7}, [&](Expected<void> result) { answer = std::move(result); });
  while (!answer) sd_event_run(loop.native(), UINT64_MAX);
  ASSERT_FALSE(*answer);
  EXPECT_EQ(answer->error().reason, "it is not plugged in");
}

TEST_F(UdevUsbDevicesTest, TellsOfDisplayChangesWhenTheyAreOver) {
  int changes = 0;
  devices->on_display_change([&] { ++changes; });
  send("remove", "i2c-dev", "/devices/i2c-3/i2c-dev/i2c-3");
  send("change", "drm", "/devices/drm/card0");
  run_all();
  clock.advance(milliseconds(199));
  EXPECT_EQ(changes, 0);
  clock.advance(milliseconds(1));
  EXPECT_EQ(changes, 1);
  EXPECT_TRUE(clock.is_idle());
}

TEST_F(UdevUsbDevicesTest, DestroyedCallsNobody) {
  plug_keyboard(sysfs);
  observe();
  devices->reclaim({1, 7}, [](const Expected<void>&) { FAIL(); });
  uevent("change");
  devices.reset();
  run_all();
  EXPECT_THAT(told, IsEmpty());
  EXPECT_TRUE(clock.is_idle());
}

}  // namespace
}  // namespace hotseat::adapters
