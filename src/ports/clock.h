// Time, and the loop everything happens on.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace hotseat::ports {

using Instant = std::chrono::steady_clock::time_point;  // CLOCK_MONOTONIC
using Duration = std::chrono::steady_clock::duration;

// Destroying it cancels it. It may be destroyed from inside its own callback.
class Timer {
 public:
  virtual ~Timer() = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  // Calls back once on the loop thread. Loop thread only. Never calls back from inside the call.
  [[nodiscard]] virtual std::unique_ptr<Timer> after(Duration delay,
                                                     std::function<void()> callback) = 0;
};

// The way back to the loop thread from any other.
class Dispatcher {
 public:
  virtual ~Dispatcher() = default;
  // Thread-safe. Calls are made in the order they were posted (by one thread), soon.
  virtual void post(std::function<void()> callback) = 0;
};

}  // namespace hotseat::ports
