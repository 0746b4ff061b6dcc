#include "adapters/udev/uevent_monitor.h"

#include <gmock/gmock.h>

#include <vector>

#include "adapters/loop/loop.h"
#include "tests/unit/udev/uevents.h"

namespace hotseat::adapters {
namespace {

using testing::ElementsAre;

class UeventMonitorTest : public UeventsTest {
 protected:
  void SetUp() override {
    UeventsTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    monitor = std::make_unique<UeventMonitor>(
        loop.native(), std::vector{"usb", "input", "i2c-dev", "drm"},
        [this](const Uevent& event) {
          seen.push_back(event.action + " " + event.subsystem + " " + event.devpath);
        },
        [this] { ++overruns; });
  }

  // Until nothing is left to do.
  void run_all() {
    while (sd_event_run(loop.native(), 0) > 0) {
    }
  }

  Loop loop;
  std::vector<std::string> seen;
  int overruns = 0;
  std::unique_ptr<UeventMonitor> monitor;
};

TEST_F(UeventMonitorTest, PassesOnWhatConcernsUsbInputAndDisplays) {
  send("bind", "usb", "/devices/usb1/1-3");
  send("add", "input", "/devices/usb1/1-3/input/input7/event7");
  send("add", "i2c-dev", "/devices/i2c-3/i2c-dev/i2c-3");
  send("change", "drm", "/devices/drm/card0");
  run_all();
  EXPECT_THAT(
      seen,
      ElementsAre("bind usb /devices/usb1/1-3", "add input /devices/usb1/1-3/input/input7/event7",
                  "add i2c-dev /devices/i2c-3/i2c-dev/i2c-3", "change drm /devices/drm/card0"));
  EXPECT_EQ(overruns, 0);
}

TEST_F(UeventMonitorTest, PassesOnNothingElse) {
  send("add", "net", "/devices/virtual/net/tap0");
  send("add", "block", "/devices/virtual/block/loop0");
  run_all();
  EXPECT_THAT(seen, ElementsAre());
}

TEST_F(UeventMonitorTest, TellsOnceWhenUeventsWereLostAndGoesOn) {
  shrink_buffers();
  for (int i = 0; i < 1000; ++i) send("change", "usb", "/devices/usb1/1-3");
  run_all();
  EXPECT_EQ(overruns, 1);
  seen.clear();
  send("bind", "usb", "/devices/usb1/1-4");
  run_all();
  EXPECT_THAT(seen, ElementsAre("bind usb /devices/usb1/1-4"));
}

TEST_F(UeventMonitorTest, DestroyedHearsNothing) {
  send("bind", "usb", "/devices/usb1/1-3");
  monitor.reset();
  run_all();
  EXPECT_THAT(seen, ElementsAre());
}

}  // namespace
}  // namespace hotseat::adapters
