#include "sim/virtual_clock.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hotseat::sim {
namespace {

using std::chrono::milliseconds;

TEST(VirtualClock, time_stands_still_until_told) {
  VirtualClock clock;
  const auto start = clock.now();
  bool fired = false;
  auto timer = clock.after(milliseconds(5), [&] { fired = true; });
  EXPECT_EQ(clock.now(), start);
  clock.advance(milliseconds(4));
  EXPECT_FALSE(fired);
  clock.advance(milliseconds(1));
  EXPECT_TRUE(fired);
  EXPECT_EQ(clock.now(), start + milliseconds(5));
}

TEST(VirtualClock, timers_run_in_the_order_they_fall_due) {
  VirtualClock clock;
  std::string order;
  auto late = clock.after(milliseconds(20), [&] { order += 'b'; });
  auto early = clock.after(milliseconds(10), [&] { order += 'a'; });
  EXPECT_TRUE(clock.run_until_idle());
  EXPECT_EQ(order, "ab");
}

TEST(VirtualClock, a_destroyed_timer_does_not_fire_even_when_due_already) {
  VirtualClock clock;
  int fired = 0;
  std::unique_ptr<ports::Timer> one;
  std::unique_ptr<ports::Timer> two;
  one = clock.after(milliseconds(1), [&] { ++fired, two.reset(); });
  two = clock.after(milliseconds(1), [&] { ++fired, one.reset(); });
  EXPECT_TRUE(clock.run_until_idle());
  EXPECT_EQ(fired, 1);
}

TEST(VirtualClock, posted_callbacks_keep_their_order) {
  VirtualClock clock;
  std::string order;
  for (char letter : {'a', 'b', 'c'}) clock.post([&order, letter] { order += letter; });
  clock.run_until_idle();
  EXPECT_EQ(order, "abc");
}

TEST(VirtualClock, seeds_vary_the_order_of_what_is_due_at_once) {
  std::set<std::string> orders;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    VirtualClock clock(seed);
    std::string order;
    auto a = clock.after(milliseconds(1), [&] { order += 'a'; });
    auto b = clock.after(milliseconds(1), [&] { order += 'b'; });
    clock.run_until_idle();
    orders.insert(order);
  }
  EXPECT_EQ(orders, (std::set<std::string>{"ab", "ba"}));
}

TEST(VirtualClock, a_seed_repeats_itself) {
  auto run = [] {
    VirtualClock clock(42);
    std::string order;
    std::vector<std::unique_ptr<ports::Timer>> timers;
    for (char letter = 'a'; letter < 'k'; ++letter) {
      timers.push_back(clock.after(milliseconds(1), [&order, letter] { order += letter; }));
    }
    clock.run_until_idle();
    return order;
  };
  EXPECT_EQ(run(), run());
}

TEST(VirtualClock, step_runs_one_callback) {
  VirtualClock clock;
  int count = 0;
  clock.post([&] { ++count; });
  clock.post([&] { ++count; });
  EXPECT_TRUE(clock.step());
  EXPECT_EQ(count, 1);
  EXPECT_TRUE(clock.step());
  EXPECT_FALSE(clock.step());
}

TEST(VirtualClock, run_until_gives_up_at_its_limit) {
  VirtualClock clock;
  const auto start = clock.now();
  EXPECT_FALSE(clock.run_until([] { return false; }, milliseconds(7)));
  EXPECT_EQ(clock.now(), start + milliseconds(7));
}

}  // namespace
}  // namespace hotseat::sim
