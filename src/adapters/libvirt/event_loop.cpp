#include "adapters/libvirt/event_loop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

namespace hotseat::adapters::libvirt {
namespace {

using std::chrono::milliseconds;

// Rounded up: poll(2) must not wake too early and turn in vain.
int whole_milliseconds(std::chrono::nanoseconds duration) {
  const auto count = std::chrono::ceil<milliseconds>(duration).count();
  return static_cast<int>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<int>::max()));
}

}  // namespace

EventLoop::EventLoop() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!wake_) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void EventLoop::start() {
  const std::lock_guard lock(users_mutex_);
  if (users_++ > 0) return;
  {
    const std::lock_guard state(mutex_);
    stop_ = false;
  }
  thread_.emplace("libvirt-events", [this] { run(); });
}

void EventLoop::stop() {
  const std::lock_guard lock(users_mutex_);
  if (--users_ > 0) return;
  {
    const std::lock_guard state(mutex_);
    stop_ = true;
  }
  wake();
  thread_.reset();
}

void EventLoop::run() {
  Polled polled;
  while (prepare(polled)) {
    ::poll(polled.fds.data(), polled.fds.size(), polled.timeout);
    if (polled.fds.front().revents != 0) {
      std::uint64_t count = 0;
      [[maybe_unused]] const auto drained = ::read(wake_.get(), &count, sizeof count);
    }
    fire_timeouts();
    fire_handles(polled);
    free_removed();
  }
  free_removed();
}

bool EventLoop::prepare(Polled& polled) {
  polled.fds.assign(1, {wake_.get(), POLLIN, 0});
  polled.ids.assign(1, 0);
  polled.timeout = -1;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, handle] : handles_) {
    if (handle->events == 0) continue;  // poll(2) would report a hang-up all the same
    polled.fds.push_back({handle->fd, handle->events, 0});
    polled.ids.push_back(id);
  }
  const auto now = Clock::now();
  for (const auto& [id, timeout] : timeouts_) {
    if (timeout->interval < 0) continue;
    const int left = whole_milliseconds(timeout->due - now);
    polled.timeout = polled.timeout < 0 ? left : std::min(polled.timeout, left);
  }
  return !stop_;
}

void EventLoop::fire_timeouts() {
  std::vector<std::pair<int, std::shared_ptr<Timeout>>> due;
  {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    for (const auto& [id, timeout] : timeouts_) {
      if (timeout->interval < 0 || timeout->due > now) continue;
      timeout->due = now + milliseconds(timeout->interval);
      due.emplace_back(id, timeout);
    }
  }
  for (const auto& [id, timeout] : due) {
    {
      const std::lock_guard lock(mutex_);
      if (!timeouts_.contains(id)) continue;  // removed by one that fired before it
    }
    timeout->fire(id);
  }
}

void EventLoop::fire_handles(const Polled& polled) {
  for (std::size_t i = 1; i < polled.fds.size(); ++i) {
    const auto& fd = polled.fds[i];
    if (fd.revents == 0) continue;
    std::shared_ptr<Handle> handle;
    {
      const std::lock_guard lock(mutex_);
      const auto found = handles_.find(polled.ids[i]);
      if (found == handles_.end() || found->second->events == 0) continue;
      handle = found->second;
    }
    handle->fire(polled.ids[i], fd.revents);
  }
}

void EventLoop::free_removed() {
  std::vector<Free> removed;
  {
    const std::lock_guard lock(mutex_);
    removed.swap(removed_);
  }
  for (const auto& free : removed) free();
}

void EventLoop::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

std::unique_ptr<EventLoop::Timer> EventLoop::after(std::chrono::nanoseconds delay,
                                                   std::function<void()> fire) {
  const auto once = [this, fire = std::move(fire)](int id) {
    update_timeout(id, -1);
    fire();
  };
  return std::make_unique<Timer>(*this, add_timeout(whole_milliseconds(delay), once, {}));
}

int EventLoop::add_handle(int fd, short events, std::function<void(int, short)> fire, Free free) {
  int id = 0;
  {
    const std::lock_guard lock(mutex_);
    id = next_id_++;
    handles_[id] = std::make_shared<Handle>(Handle{fd, events, std::move(fire), std::move(free)});
  }
  wake();
  return id;
}

void EventLoop::update_handle(int id, short events) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = handles_.find(id);
    if (found == handles_.end() || found->second->events == events) return;
    found->second->events = events;
    // Going to sleep needs no waking: what fires until the next turn is not told.
    if (events == 0) return;
  }
  wake();
}

bool EventLoop::remove_handle(int id) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = handles_.find(id);
    if (found == handles_.end()) return false;
    if (found->second->free) removed_.push_back(std::move(found->second->free));
    handles_.erase(found);
  }
  wake();
  return true;
}

int EventLoop::add_timeout(int interval, std::function<void(int)> fire, Free free) {
  int id = 0;
  {
    const std::lock_guard lock(mutex_);
    id = next_id_++;
    const auto due = Clock::now() + milliseconds(std::max(interval, 0));
    timeouts_[id] =
        std::make_shared<Timeout>(Timeout{interval, due, std::move(fire), std::move(free)});
  }
  wake();
  return id;
}

void EventLoop::update_timeout(int id, int interval) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = timeouts_.find(id);
    if (found == timeouts_.end()) return;
    found->second->interval = interval;
    found->second->due = Clock::now() + milliseconds(std::max(interval, 0));
    if (interval < 0) return;
  }
  wake();
}

bool EventLoop::remove_timeout(int id) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = timeouts_.find(id);
    if (found == timeouts_.end()) return false;
    if (found->second->free) removed_.push_back(std::move(found->second->free));
    timeouts_.erase(found);
  }
  wake();
  return true;
}

}  // namespace hotseat::adapters::libvirt
