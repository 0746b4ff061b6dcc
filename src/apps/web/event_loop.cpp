#include "event_loop.h"

#include <csignal>
#include <ctime>
#include <system_error>
#include <utility>

namespace hotseat::web {

namespace {

// Deadlines are seconds long: waking up may be put together with others'.
constexpr std::uint64_t kAccuracy = 20'000;  // microseconds

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

std::uint64_t microseconds(Moment moment) {
  return static_cast<std::uint64_t>(std::chrono::microseconds(moment).count());
}

}  // namespace

EventLoop::EventLoop() {
  check(sd_event_new(&event_), "sd_event_new");
}

EventLoop::~EventLoop() {
  sd_event_unref(event_);
}

EventLoop::Watch::Watch(EventLoop& loop, int fd, std::uint32_t events, std::function<void()> ready)
    : ready_(std::move(ready)) {
  auto call = [](sd_event_source*, int, std::uint32_t, void* self) {
    static_cast<Watch*>(self)->ready_();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_io(loop.event_, &source, fd, events, call, this), "sd_event_add_io");
  source_.reset(source);
}

void EventLoop::Watch::pause() {
  sd_event_source_set_enabled(source_.get(), SD_EVENT_OFF);
}

void EventLoop::Watch::go_on() {
  sd_event_source_set_enabled(source_.get(), SD_EVENT_ON);
}

EventLoop::Alarm::Alarm(EventLoop& loop, std::function<void()> rings) : rings_(std::move(rings)) {
  auto call = [](sd_event_source*, std::uint64_t, void* self) {
    static_cast<Alarm*>(self)->rings_();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_time(loop.event_, &source, CLOCK_MONOTONIC, 0, kAccuracy, call, this),
        "sd_event_add_time");
  source_.reset(source);
  clear();
}

void EventLoop::Alarm::set(Moment at) {
  sd_event_source_set_time(source_.get(), microseconds(at));
  sd_event_source_set_enabled(source_.get(), SD_EVENT_ONESHOT);
}

void EventLoop::Alarm::clear() {
  sd_event_source_set_enabled(source_.get(), SD_EVENT_OFF);
}

Moment EventLoop::now() const {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::chrono::duration_cast<Moment>(std::chrono::seconds(time.tv_sec) +
                                            std::chrono::nanoseconds(time.tv_nsec));
}

Date EventLoop::date() {
  return Date(std::time(nullptr));
}

void EventLoop::end_on(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  check(sd_event_add_signal(event_, nullptr, signal, nullptr, nullptr), "sd_event_add_signal");
}

int EventLoop::run() {
  return sd_event_loop(event_);
}

}  // namespace hotseat::web
