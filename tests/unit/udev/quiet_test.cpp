#include "adapters/udev/quiet.h"

#include <gtest/gtest.h>

#include "tests/unit/udev/manual_clock.h"

namespace hotseat::adapters {
namespace {

using std::chrono::milliseconds;

struct QuietTest : testing::Test {
  ManualClock clock;
  int calls = 0;
  Quiet quiet{clock, milliseconds(200), [this] { ++calls; }};
};

TEST_F(QuietTest, AnswersABurstOnceWhenItIsOver) {
  for (int i = 0; i < 5; ++i) {
    quiet.stir();
    clock.advance(milliseconds(150));
  }
  EXPECT_EQ(calls, 0);
  clock.advance(milliseconds(50));
  EXPECT_EQ(calls, 1);
}

TEST_F(QuietTest, WaitsForNothingWithoutABurst) {
  EXPECT_TRUE(clock.is_idle());
  quiet.stir();
  clock.advance(milliseconds(200));
  EXPECT_TRUE(clock.is_idle());
}

TEST_F(QuietTest, AnswersEveryBurst) {
  for (int i = 0; i < 3; ++i) {
    quiet.stir();
    clock.advance(milliseconds(300));
  }
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace hotseat::adapters
