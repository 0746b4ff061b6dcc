// A clone whose last owner died, over uinput, in the lab.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libevdev/libevdev.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "adapters/evdev/clone.h"
#include "base/unique_fd.h"
#include "domain/input_event.h"

namespace hotseat::contract {

namespace {

using adapters::evdev::Clone;
using ::testing::ElementsAre;

constexpr int kSlots = 2;

std::unique_ptr<Clone> make_touchpad() {
  const std::unique_ptr<libevdev, decltype(&libevdev_free)> pad(libevdev_new(), libevdev_free);
  libevdev_set_name(pad.get(), "contract touchpad");
  libevdev_enable_event_code(pad.get(), EV_KEY, BTN_TOUCH, nullptr);
  input_absinfo slots{};
  slots.maximum = kSlots - 1;
  libevdev_enable_event_code(pad.get(), EV_ABS, ABS_MT_SLOT, &slots);
  input_absinfo ids{};
  ids.maximum = 0xffff;
  libevdev_enable_event_code(pad.get(), EV_ABS, ABS_MT_TRACKING_ID, &ids);
  auto clone = Clone::create({false, "contract-touchpad"}, pad.get());
  return clone ? std::move(*clone) : nullptr;
}

// By slot; -1: nothing touches it (EVIOCGMTSLOTS in linux/input.h).
std::array<std::int32_t, kSlots> touches_of(const Clone& clone) {
  const UniqueFd reader(::open(clone.node().c_str(), O_RDONLY | O_CLOEXEC));
  std::array<std::int32_t, kSlots + 1> asked{ABS_MT_TRACKING_ID};
  EXPECT_GE(::ioctl(reader.get(), EVIOCGMTSLOTS(sizeof(asked)), asked.data()), 0);
  return {asked[1], asked[2]};
}

}  // namespace

TEST(UinputClone, of_one_that_is_taken_over_every_key_is_up_and_every_touch_ended) {
  const auto clone = make_touchpad();
  ASSERT_TRUE(clone);
  const std::array<InputEvent, 6> touched{{{0, 0, EV_KEY, BTN_TOUCH, 1},
                                           {0, 0, EV_ABS, ABS_MT_SLOT, 0},
                                           {0, 0, EV_ABS, ABS_MT_TRACKING_ID, 7},
                                           {0, 0, EV_ABS, ABS_MT_SLOT, 1},
                                           {0, 0, EV_ABS, ABS_MT_TRACKING_ID, 8},
                                           {}}};
  ASSERT_EQ(::write(clone->fd(), touched.data(), sizeof(touched)),
            static_cast<ssize_t>(sizeof(touched)));
  ASSERT_THAT(touches_of(*clone), ElementsAre(7, 8));
  clone->release_everything();
  EXPECT_THAT(touches_of(*clone), ElementsAre(-1, -1));
}

}  // namespace hotseat::contract
