// Time and loop for tests: time passes only when told to, and callbacks that are due at the same
// instant run in an order that depends on the seed.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "ports/clock.h"

namespace hotseat::sim {

// One thread only, post() included. Posted callbacks keep their order among themselves.
class VirtualClock : public ports::Clock, public ports::Dispatcher {
 public:
  explicit VirtualClock(std::uint64_t seed = 1);

  ports::Instant now() const override { return now_; }
  [[nodiscard]] std::unique_ptr<ports::Timer> after(ports::Duration delay,
                                                    std::function<void()> callback) override;
  void post(std::function<void()> callback) override;

  // Runs one callback, moving time on to it if nothing is due now. False: nothing is waiting.
  bool step();
  // Lets this much time pass and runs all that falls due.
  void advance(ports::Duration by);
  // Runs until nothing is waiting, or `limit` has passed. True: nothing is waiting.
  bool run_until_idle(ports::Duration limit = std::chrono::hours(1));
  // Runs until the condition holds; false when it did not within `limit`.
  bool run_until(const std::function<bool()>& condition, ports::Duration limit);

 private:
  struct Alarm {
    ports::Instant due;
    std::function<void()> callback;  // empty once cancelled
  };
  class AlarmTimer;

  void drop_cancelled();
  bool step_until(ports::Instant limit);
  bool run_one_due();

  ports::Instant now_{std::chrono::hours(1)};
  std::mt19937_64 random_;
  std::deque<std::function<void()>> posted_;
  std::vector<std::shared_ptr<Alarm>> alarms_;
};

}  // namespace hotseat::sim
