#include "adapters/udev/reclaim.h"

#include <gtest/gtest.h>

#include "adapters/loop/loop.h"
#include "tests/unit/udev/fake_sysfs.h"
#include "tests/unit/udev/manual_clock.h"

namespace hotseat::adapters {
namespace {

// The tree does nothing by itself: what the kernel would do is done in the pause.
struct ReclaimTest : testing::Test {
  ReclaimTest() { plug_keyboard(sysfs); }

  Expected<Reclaimed> reclaim(const std::function<void()>& pause) {
    return reclaim_usb(tree, {1, 7}, pause);
  }

  FakeSysfs sysfs;
  UsbTree tree{sysfs.path()};
  int pauses = 0;
};

TEST_F(ReclaimTest, LeavesADeviceOfTheHostAlone) {
  EXPECT_EQ(reclaim([] { FAIL(); }), Reclaimed::driven);
  EXPECT_EQ(sysfs.get("devices/1-3/authorized"), "1\n");
  EXPECT_EQ(sysfs.get("drivers_probe"), "\n");
}

TEST_F(ReclaimTest, OffersADeviceWithoutDriverToTheHostsDriversAndNoMore) {
  bind_keyboard(sysfs, "");
  sysfs.set("1-3/authorized", "untouched");
  EXPECT_EQ(reclaim([&] { bind_keyboard(sysfs, "usbhid"); }), Reclaimed::driven);
  EXPECT_EQ(sysfs.get("drivers_probe"), "1-3:1.1");  // the last of both
  EXPECT_EQ(sysfs.get("devices/1-3/authorized"), "untouched\n");
}

TEST_F(ReclaimTest, CutsOffAProgramThatHoldsTheDeviceAndLetsTheDeviceInAgain) {
  bind_keyboard(sysfs, "");
  sysfs.bind("1-3:1.1", "usbfs");
  sysfs.set("1-3/authorized", "x");
  auto result = reclaim([] {});
  ASSERT_FALSE(result);  // this tree cuts nobody off
  EXPECT_EQ(result.error().reason, "a program took it again at once");
  EXPECT_EQ(sysfs.get("devices/1-3/authorized"), "1\n");
  EXPECT_EQ(sysfs.get("drivers_probe"), "\n");
}

TEST_F(ReclaimTest, LetsADeviceInAgainThatWasLeftWithoutConfiguration) {
  sysfs.unplug("1-3");
  sysfs.plug("1-3", {1, 7}, {0x046d, 0xc31c});
  sysfs.set("1-3/authorized", "0");
  EXPECT_EQ(reclaim([&] { sysfs.add_interface("1-3", 0, "03/01/01", "usbhid"); }),
            Reclaimed::driven);
  EXPECT_EQ(sysfs.get("devices/1-3/authorized"), "1\n");
}

TEST_F(ReclaimTest, SaysWhenNoDriverOfTheHostTakesItAfterABoundedWait) {
  bind_keyboard(sysfs, "");
  EXPECT_EQ(reclaim([&] { ASSERT_LT(++pauses, 1000); }), Reclaimed::unwanted);
  EXPECT_GT(pauses, 0);
}

TEST_F(ReclaimTest, FailsWhenTheDeviceIsNotOrNoLongerPluggedIn) {
  bind_keyboard(sysfs, "");
  auto unplugged = reclaim([&] { sysfs.unplug("1-3"); });
  ASSERT_FALSE(unplugged);
  EXPECT_EQ(unplugged.error().reason, "it is not plugged in");
  EXPECT_FALSE(reclaim([] { FAIL(); }));
}

TEST_F(ReclaimTest, FailsWithTheFileThatCannotBeWritten) {
  bind_keyboard(sysfs, "usbfs");
  std::filesystem::remove(sysfs.path() / "bus/usb/devices/1-3/authorized");
  auto result = reclaim([] { FAIL(); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().object, (sysfs.path() / "bus/usb/devices/1-3/authorized").string());
}

TEST_F(ReclaimTest, AnswersAllWhoAskedForTheSameDeviceOnTheLoop) {
  Loop loop;
  Reclaimer reclaimer(tree, loop, loop);
  int answers = 0;
  for (int i = 0; i < 2; ++i) {
    reclaimer.reclaim({1, 7}, [&](const Expected<Reclaimed>& result) {
      EXPECT_EQ(result, Reclaimed::driven);
      if (++answers == 2) loop.exit(0);
    });
  }
  EXPECT_EQ(answers, 0);
  loop.run();
  EXPECT_EQ(answers, 2);
}

// What a thread posts is never run: the kernel does not come back.
struct DeafDispatcher : ports::Dispatcher {
  void post(std::function<void()>) override {}
};

TEST_F(ReclaimTest, AnswersThoughTheKernelDoesNot) {
  ManualClock clock;
  static DeafDispatcher dispatcher;
  Reclaimer reclaimer(tree, clock, dispatcher);
  Expected<Reclaimed> answer;
  reclaimer.reclaim({1, 7}, [&](const Expected<Reclaimed>& result) { answer = result; });
  clock.advance(std::chrono::minutes(1));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "the kernel is still waiting for the device");
  EXPECT_TRUE(clock.is_idle());
}

TEST_F(ReclaimTest, DestroyedNeverAnswers) {
  Loop loop;
  auto reclaimer = std::make_unique<Reclaimer>(tree, loop, loop);
  reclaimer->reclaim({1, 7}, [](const Expected<Reclaimed>&) { FAIL(); });
  reclaimer.reset();
  loop.post([&] { loop.exit(0); });
  loop.run();
}

}  // namespace
}  // namespace hotseat::adapters
