#include "adapters/loop/loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <thread>

namespace hotseat::adapters {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::ElementsAre;

// Keeps this thread busy until the clock has moved on, so that timers fall due together.
void spin_past(const Loop& loop, ports::Instant due) {
  while (loop.now() <= due) {
  }
}

TEST(Loop, RunsPostedCallbacksInTheOrderOfPosting) {
  Loop loop;
  std::vector<int> order;
  for (int i = 0; i < 3; ++i) loop.post([&order, i] { order.push_back(i); });
  loop.post([&] { loop.exit(7); });
  EXPECT_EQ(loop.run(), 7);
  EXPECT_THAT(order, ElementsAre(0, 1, 2));
}

TEST(Loop, RunsWhatACallbackPostsAfterTheRestOfItsBatch) {
  Loop loop;
  std::vector<int> order;
  loop.post([&] {
    order.push_back(1);
    loop.post([&] {
      order.push_back(3);
      loop.exit(0);
    });
  });
  loop.post([&] { order.push_back(2); });
  loop.run();
  EXPECT_THAT(order, ElementsAre(1, 2, 3));
}

TEST(Loop, LosesNothingPostedByManyThreadsAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kPosts = 1000;
  Loop loop;
  std::vector<std::vector<int>> seen(kThreads);
  int count = 0;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kPosts; ++i) {
        loop.post([&, thread, i] {
          seen[static_cast<std::size_t>(thread)].push_back(i);
          if (++count == kThreads * kPosts) loop.exit(0);
        });
      }
    });
  }
  loop.run();
  for (auto& thread : threads) thread.join();
  for (const auto& posts : seen) {
    EXPECT_EQ(posts.size(), kPosts);
    EXPECT_TRUE(std::is_sorted(posts.begin(), posts.end()));
  }
}

TEST(Loop, KeepsServingTimersWhileACallbackPostsItselfForEver) {
  Loop loop;
  std::function<void()> again = [&] { loop.post(again); };
  loop.post(again);
  auto timer = loop.after(milliseconds(1), [&] { loop.exit(0); });
  EXPECT_EQ(loop.run(), 0);
}

TEST(LoopTimer, FiresOnceAndNeverBeforeItIsDue) {
  Loop loop;
  const auto due = loop.now() + milliseconds(2);
  int fired = 0;
  auto timer = loop.after(milliseconds(2), [&] {
    ++fired;
    EXPECT_GE(loop.now(), due);
    loop.post([&] { loop.post([&] { loop.exit(0); }); });
  });
  loop.run();
  EXPECT_EQ(fired, 1);
}

// sd_event_add_time_relative counts from the start of the loop's turn: the timer came early.
TEST(LoopTimer, StartedLateInALongCallbackIsStillNotEarly) {
  Loop loop;
  std::unique_ptr<ports::Timer> timer;
  loop.post([&] {
    spin_past(loop, loop.now() + milliseconds(3));
    const auto due = loop.now() + milliseconds(1);
    timer = loop.after(milliseconds(1), [&, due] {
      EXPECT_GE(loop.now(), due);
      loop.exit(0);
    });
  });
  loop.run();
}

TEST(LoopTimer, ThoseDueTogetherComeInTheOrderTheyFallDue) {
  Loop loop;
  // When a timer is due is known no better than this: the machine may pause while it is started.
  struct Due {
    ports::Instant earliest, latest;
  };
  std::vector<Due> order;
  std::vector<std::unique_ptr<ports::Timer>> timers;
  std::array<Due, 6> due{};
  std::size_t started = 0;
  for (int delay : {5, 3, 1, 4, 2, 6}) {
    const auto wait = milliseconds(delay);
    Due& its = due.at(started++);
    its.earliest = loop.now() + wait;
    timers.push_back(loop.after(wait, [&order, &its] { order.push_back(its); }));
    its.latest = loop.now() + wait;
  }
  const auto last = std::max_element(due.begin(), due.end(), [](const Due& one, const Due& other) {
                      return one.latest < other.latest;
                    })->latest;
  spin_past(loop, last);
  timers.push_back(loop.after(milliseconds(1), [&] { loop.exit(0); }));
  loop.run();
  ASSERT_EQ(order.size(), due.size());
  for (std::size_t i = 1; i < order.size(); ++i) {
    EXPECT_LE(order[i - 1].earliest, order[i].latest) << "number " << i;
  }
}

TEST(LoopTimer, NeverCallsBackFromInsideTheCallThatStartedIt) {
  Loop loop;
  bool returned = false;
  std::unique_ptr<ports::Timer> inner;
  auto outer = loop.after({}, [&] {
    inner = loop.after(milliseconds(-5), [&] {
      EXPECT_TRUE(returned);
      loop.exit(0);
    });
    returned = true;
  });
  loop.run();
}

TEST(LoopTimer, DestroyedDoesNotFire) {
  Loop loop;
  auto cancelled = loop.after({}, [] { FAIL() << "a cancelled timer fired"; });
  auto last = loop.after(microseconds(1), [&] { loop.exit(0); });
  cancelled.reset();
  loop.run();
}

TEST(LoopTimer, MayBeDestroyedInItsOwnCallback) {
  Loop loop;
  std::unique_ptr<ports::Timer> timer;
  auto witness = std::make_shared<int>(1);
  timer = loop.after({}, [&, witness] {
    timer.reset();
    EXPECT_EQ(*witness, 1);  // what the callback captured is still there
    loop.exit(0);
  });
  loop.run();
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(LoopTimer, MayCancelAnotherThatIsDueInTheSameTurn) {
  Loop loop;
  std::unique_ptr<ports::Timer> second;
  auto first = loop.after({}, [&] { second.reset(); });
  second = loop.after({}, [] { FAIL() << "a cancelled timer fired"; });
  auto last = loop.after(microseconds(1), [&] { loop.exit(0); });
  spin_past(loop, loop.now() + microseconds(10));
  loop.run();
}

TEST(LoopTimer, WhoseCallbackOwnsAnotherTimerMayBeCancelled) {
  Loop loop;
  std::shared_ptr<ports::Timer> owned = loop.after(hours(1), [] {});
  auto owner = loop.after(hours(2), [owned] {});
  owned.reset();
  owner.reset();
  loop.post([&] { loop.exit(0); });
  EXPECT_EQ(loop.run(), 0);
}

TEST(LoopTimer, ThatRestartsItselfAtOnceDoesNotStarveTheLoop) {
  Loop loop;
  std::unique_ptr<ports::Timer> timer;
  std::function<void()> restart = [&] { timer = loop.after({}, [&] { restart(); }); };
  restart();
  loop.post([&] { loop.post([&] { loop.exit(0); }); });
  EXPECT_EQ(loop.run(), 0);
}

TEST(LoopTimer, OfTheLongestDelayIsAccepted) {
  Loop loop;
  auto timer = loop.after(ports::Duration::max(), [] { FAIL() << "came some centuries early"; });
  auto last = loop.after({}, [&] { loop.exit(0); });
  loop.run();
}

TEST(LoopTimer, MayOutliveItsLoop) {
  std::unique_ptr<ports::Timer> timer;
  {
    Loop loop;
    timer = loop.after({}, [] {});
  }
  timer.reset();
}

TEST(Loop, SeveralLoopsOfAThreadDoNotShareTheirEnd) {
  Loop first;
  Loop second;
  first.post([&] { first.exit(1); });
  second.post([&] { second.exit(2); });
  EXPECT_EQ(first.run(), 1);
  EXPECT_EQ(second.run(), 2);
}

TEST(Loop, HandsASignalToItsCallback) {
  Loop loop;
  loop.on_signal(SIGUSR1, [&] { loop.exit(3); });
  loop.post([] { kill(getpid(), SIGUSR1); });
  EXPECT_EQ(loop.run(), 3);
}

TEST(Loop, LeavesNoSourceBehindInAnEventThatALibraryStillHolds) {
  sd_event* kept = nullptr;
  auto loop = std::make_unique<Loop>();
  kept = sd_event_ref(loop->native());
  auto timer = loop->after({}, [] { FAIL() << "the loop has gone"; });
  loop->post([] { FAIL() << "the loop has gone"; });
  timer.reset();
  loop.reset();
  EXPECT_EQ(sd_event_run(kept, 0), 0);  // nothing was dispatched
  sd_event_unref(kept);
}

}  // namespace
}  // namespace hotseat::adapters
