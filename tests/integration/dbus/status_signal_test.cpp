// Changes are told at once and together, and nothing wakes anybody when there are none.
#include "service/status_signal.h"

#include <gtest/gtest.h>

#include <chrono>

#include "fake_app.h"
#include "service/dbus_reports.h"
#include "sim/virtual_clock.h"

namespace hotseat::test {
namespace {

using namespace std::chrono_literals;

class StatusSignalTest : public ::testing::Test {
 protected:
  void problem(const std::string& text) {
    app_.now.problems = {text};
    look();
  }
  void look() { signal_.look(app_.status()); }

  sim::VirtualClock clock_;
  service::DbusReports reports_;
  FakeApp app_{clock_, reports_};
  int told_ = 0;
  service::StatusSignal signal_{clock_, app_, [this] { ++told_; }};
};

TEST_F(StatusSignalTest, NoChangeIsNotToldAndStartsNoTimer) {
  for (int time = 0; time < 10; ++time) look();
  EXPECT_EQ(told_, 0);
  EXPECT_FALSE(clock_.step());
}

TEST_F(StatusSignalTest, TheFirstChangeIsToldAtOnceAndTheRestTogether) {
  problem("one");
  EXPECT_EQ(told_, 1);
  for (const char* text : {"two", "three", "four"}) problem(text);
  EXPECT_EQ(told_, 1);
  clock_.advance(250ms);
  EXPECT_EQ(told_, 2);
  EXPECT_TRUE(clock_.run_until_idle(10s));
  EXPECT_EQ(told_, 2);
}

TEST_F(StatusSignalTest, WhatChangesAllTheTimeIsToldFourTimesASecond) {
  for (int time = 0; time < 1000; ++time) {
    problem(std::to_string(time));
    clock_.advance(10ms);
  }
  EXPECT_EQ(told_, 1 + 40);  // in ten seconds
}

TEST_F(StatusSignalTest, WhatChangesDuringASwitchIsToldAtItsEnd) {
  app_.now.state = app::SeatState::switching;
  problem("one");
  problem("two");
  EXPECT_EQ(told_, 0);
  EXPECT_FALSE(clock_.step());
  app_.now.state = app::SeatState::idle;
  look();
  EXPECT_EQ(told_, 1);
}

TEST_F(StatusSignalTest, ThereAndBackIsToldSinceSomebodyMayHaveAskedInBetween) {
  problem("one");
  problem("two");
  problem("one");
  clock_.advance(250ms);
  EXPECT_EQ(told_, 2);
}

}  // namespace
}  // namespace hotseat::test
