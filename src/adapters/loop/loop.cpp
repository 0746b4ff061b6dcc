#include "adapters/loop/loop.h"

#include <sys/eventfd.h>
#include <systemd/sd-daemon.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>

namespace hotseat::adapters {

namespace {
int check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
  return result;
}

// Not sd_event_default(): that one is shared by all loops of a thread, and its exit with them.
sd_event* new_event() {
  sd_event* event = nullptr;
  check(sd_event_new(&event), "sd_event_new");
  return event;
}
}  // namespace

Loop::Loop() : event_(new_event()), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!wake_) throw std::system_error(errno, std::generic_category(), "eventfd");
  auto on_wake = [](sd_event_source*, int, uint32_t, void* self) {
    static_cast<Loop*>(self)->drain();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_io(native(), &source, wake_.get(), EPOLLIN, on_wake, this), "sd_event_add_io");
  wake_source_.reset(source);
  timers_ = std::make_shared<TimerQueue>(native());
}

Loop::~Loop() = default;

ports::Instant Loop::now() const {
  return std::chrono::steady_clock::now();
}

// From now, not from when this turn of the loop began (sd_event_add_time_relative): a long callback
// would make the timer fire before the caller's own clock says it is due.
std::unique_ptr<ports::Timer> Loop::after(ports::Duration delay, std::function<void()> callback) {
  const auto start = now();
  const bool overflows = delay > ports::Instant::max() - start;
  return timers_->start(overflows ? ports::Instant::max() : start + delay, std::move(callback));
}

void Loop::post(std::function<void()> callback) {
  {
    std::lock_guard lock(mutex_);
    posted_.push_back(std::move(callback));
    if (posted_.size() > 1) return;  // the wake-up for the first one is still under way
  }
  const uint64_t one = 1;
  // Can only fail when the counter is full, and then the loop is awake already.
  [[maybe_unused]] auto written = write(wake_.get(), &one, sizeof one);
}

void Loop::drain() {
  // Emptied before the batch is taken: a post in between wakes the loop once more, for nothing at
  // worst; the other way round its wake-up would be lost.
  uint64_t count = 0;
  [[maybe_unused]] auto got = read(wake_.get(), &count, sizeof count);
  std::vector<std::function<void()>> batch;
  {
    std::lock_guard lock(mutex_);
    batch.swap(posted_);
  }
  for (auto& callback : batch) callback();
}

void Loop::on_signal(int signal, std::function<void()> callback) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  check(-pthread_sigmask(SIG_BLOCK, &set, nullptr), "pthread_sigmask");
  auto on_arrival = [](sd_event_source*, const signalfd_siginfo*, void* watch) {
    static_cast<SignalWatch*>(watch)->callback();
    return 0;
  };
  auto watch = std::make_unique<SignalWatch>(SignalWatch{std::move(callback), nullptr});
  sd_event_source* source = nullptr;
  check(sd_event_add_signal(native(), &source, signal, on_arrival, watch.get()),
        "sd_event_add_signal");
  watch->source.reset(source);
  signals_.push_back(std::move(watch));
}

void Loop::feed_watchdog(std::function<bool()> is_well) {
  std::uint64_t period = 0;  // µs
  if (check(sd_watchdog_enabled(0, &period), "sd_watchdog_enabled") == 0) return;
  is_well_ = std::move(is_well);
  watchdog_ = std::chrono::microseconds(period);
  feed_watchdog_once();
}

void Loop::feed_watchdog_once() {
  if (is_well_()) sd_notify(0, "WATCHDOG=1");
  feeding_ = after(watchdog_ / 2, [this] { feed_watchdog_once(); });
}

int Loop::run() {
  return check(sd_event_loop(native()), "sd_event_loop");
}

void Loop::exit(int status) {
  sd_event_exit(native(), status);
}

}  // namespace hotseat::adapters
