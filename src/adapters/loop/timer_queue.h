// The loop's timers: any number of them on one sd-event time source.
#pragma once

#include <systemd/sd-event.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "ports/clock.h"

namespace hotseat::adapters {

// Calls back in the order the timers fall due, and those due together in the order they were
// started. sd-event alone does not promise that: timers found expired in one turn come in the order
// of its heap. One source also means one kernel timer to arm, and none while nothing is waited for.
class TimerQueue : public std::enable_shared_from_this<TimerQueue> {
 public:
  explicit TimerQueue(sd_event* event);  // throws std::system_error
  ~TimerQueue();
  TimerQueue(const TimerQueue&) = delete;
  TimerQueue& operator=(const TimerQueue&) = delete;

  // Never calls back before ports::Instant `due`; a timer may outlive the loop it belongs to.
  [[nodiscard]] std::unique_ptr<ports::Timer> start(ports::Instant due,
                                                    std::function<void()> callback);

 private:
  // Due instant and a running number, so that no two keys are equal.
  using Key = std::pair<ports::Instant, std::uint64_t>;
  class Entry;

  void cancel(const Key& key);
  void arm();
  void run_due();

  sd_event_source* source_ = nullptr;
  std::uint64_t next_number_ = 0;
  std::map<Key, std::function<void()>> waiting_;
};

}  // namespace hotseat::adapters
