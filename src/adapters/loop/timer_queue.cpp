#include "adapters/loop/timer_queue.h"

#include <chrono>
#include <system_error>

namespace hotseat::adapters {

namespace {
void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

// steady_clock is CLOCK_MONOTONIC in libstdc++. Rounded up, or the callback would come early.
std::uint64_t monotonic_usec(ports::Instant instant) {
  auto usec = std::chrono::ceil<std::chrono::microseconds>(instant.time_since_epoch()).count();
  return usec < 0 ? 0 : static_cast<std::uint64_t>(usec);
}
}  // namespace

// What the owner of a timer holds; forgets the timer when it goes.
class TimerQueue::Entry : public ports::Timer {
 public:
  Entry(std::shared_ptr<TimerQueue> queue, Key key) : queue_(std::move(queue)), key_(key) {}
  ~Entry() override { queue_->cancel(key_); }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

 private:
  std::shared_ptr<TimerQueue> queue_;
  Key key_;
};

TimerQueue::TimerQueue(sd_event* event) {
  auto on_time = [](sd_event_source*, std::uint64_t, void* self) {
    static_cast<TimerQueue*>(self)->run_due();
    return 0;
  };
  // Accuracy 1 us: the default of 250 ms (sd_event_add_time(3)) is meant for background chores.
  check(sd_event_add_time(event, &source_, CLOCK_MONOTONIC, 0, 1, on_time, this),
        "sd_event_add_time");
  check(sd_event_source_set_enabled(source_, SD_EVENT_OFF), "sd_event_source_set_enabled");
}

TimerQueue::~TimerQueue() {
  sd_event_source_disable_unref(source_);
}

std::unique_ptr<ports::Timer> TimerQueue::start(ports::Instant due,
                                                std::function<void()> callback) {
  const Key key{due, next_number_++};
  auto timer = std::make_unique<Entry>(shared_from_this(), key);
  waiting_.emplace(key, std::move(callback));
  if (waiting_.begin()->first == key) arm();
  return timer;
}

void TimerQueue::cancel(const Key& key) {
  auto found = waiting_.find(key);
  if (found == waiting_.end()) return;
  const bool was_first = found == waiting_.begin();
  auto callback = std::move(found->second);  // what it captured may own other timers: destroy it
  waiting_.erase(found);                     // only when the map is whole again
  if (was_first) arm();
}

void TimerQueue::arm() {
  if (waiting_.empty()) {
    sd_event_source_set_enabled(source_, SD_EVENT_OFF);
    return;
  }
  sd_event_source_set_time(source_, monotonic_usec(waiting_.begin()->first.first));
  sd_event_source_set_enabled(source_, SD_EVENT_ONESHOT);
}

// Runs what was due when it began: a callback that starts a timer of delay zero again and again
// must not keep the loop from its other work.
void TimerQueue::run_due() {
  const ports::Instant now = std::chrono::steady_clock::now();
  const std::uint64_t end = next_number_;
  for (auto next = waiting_.begin(); next != waiting_.end() && next->first.first <= now;) {
    if (next->first.second >= end) {
      ++next;
      continue;
    }
    auto callback = std::move(next->second);
    waiting_.erase(next);
    callback();
    next = waiting_.begin();  // the callback may have started and cancelled any
  }
  arm();
}

}  // namespace hotseat::adapters
