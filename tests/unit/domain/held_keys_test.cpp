#include "domain/held_keys.h"

#include <gtest/gtest.h>
#include <linux/input-event-codes.h>

namespace hotseat {
namespace {

TEST(HeldKeys, WhatADesktopActsOnIsWaitedFor) {
  for (const unsigned code : {KEY_ESC, KEY_A, KEY_MICMUTE, KEY_OK, KEY_LIGHTS_TOGGLE, BTN_LEFT,
                              BTN_TASK, BTN_TOUCH, BTN_TOOL_FINGER, BTN_STYLUS}) {
    EXPECT_TRUE(must_be_let_go(static_cast<KeyCode>(code))) << code;
  }
}

TEST(HeldKeys, WhatMayBeLatchedIsNot) {
  for (const unsigned code :
       {BTN_0, BTN_9, BTN_TASK + 1, BTN_TRIGGER, BTN_DEAD, BTN_SOUTH, BTN_THUMBR, BTN_GEAR_DOWN,
        BTN_GEAR_UP, BTN_DPAD_UP, BTN_DPAD_RIGHT, BTN_TRIGGER_HAPPY1, BTN_TRIGGER_HAPPY40}) {
    EXPECT_FALSE(must_be_let_go(static_cast<KeyCode>(code))) << code;
  }
}

TEST(HeldKeys, OneOfThemIsEnough) {
  std::bitset<codes::kKeyCount> down;
  EXPECT_FALSE(any_must_be_let_go(down));
  down.set(BTN_TRIGGER);
  EXPECT_FALSE(any_must_be_let_go(down));
  down.set(KEY_LEFTSHIFT);
  EXPECT_TRUE(any_must_be_let_go(down));
}

}  // namespace
}  // namespace hotseat
