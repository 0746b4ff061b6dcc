#include "adapters/libvirt/lanes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <numeric>
#include <thread>
#include <vector>

namespace hotseat::adapters::libvirt {
namespace {

TEST(Lanes, RunTheJobsOfOneLaneInOrder) {
  constexpr int kJobs = 500;
  std::vector<int> ran;  // unguarded: a lane is one thread at a time
  std::promise<void> last;
  Lanes lanes;
  for (int i = 0; i < kJobs; ++i) lanes.post("win11", [&ran, i] { ran.push_back(i); });
  lanes.post("win11", [&] { last.set_value(); });
  last.get_future().wait();
  std::vector<int> expected(kJobs);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(ran, expected);
}

TEST(Lanes, OneThatIsStuckDoesNotHoldUpAnother) {
  std::promise<void> release;
  std::promise<void> other;
  Lanes lanes;
  lanes.post("starts slowly", [&] { release.get_future().wait(); });
  lanes.post("win11", [&] { other.set_value(); });
  other.get_future().wait();
  release.set_value();
}

TEST(Lanes, AJobMayPostJobs) {
  std::promise<void> done;
  Lanes lanes;
  lanes.post("a", [&] { lanes.post("a", [&] { lanes.post("b", [&] { done.set_value(); }); }); });
  done.get_future().wait();
}

TEST(Lanes, TakeJobsFromManyThreads) {
  constexpr int kEach = 200;
  std::atomic<int> ran = 0;
  {
    Lanes lanes;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i) lanes.post(std::to_string((i + t) % 4), [&ran] { ++ran; });
      });
    }
    for (auto& thread : threads) thread.join();
    ASSERT_TRUE(lanes.wait_idle(std::chrono::hours(1)));
  }
  EXPECT_EQ(ran, 3 * kEach);
}

TEST(Lanes, StoppingWaitsForWhatRunsAndDropsTheRest) {
  std::promise<void> running;
  std::promise<void> release;
  bool first = false;
  bool second = false;
  Lanes lanes;
  lanes.post("a", [&] {
    running.set_value();
    release.get_future().wait();
    first = true;
  });
  lanes.post("a", [&] { second = true; });
  running.get_future().wait();
  EXPECT_FALSE(lanes.wait_idle(std::chrono::milliseconds(0)));
  lanes.drop_waiting();
  release.set_value();
  lanes.stop();
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  lanes.post("a", [&] { second = true; });
  lanes.stop();
  EXPECT_FALSE(second);
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
