// The daemon's one event loop: sd-event behind the Clock and Dispatcher ports.
#pragma once

#include <systemd/sd-event.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/loop/timer_queue.h"
#include "base/unique_fd.h"
#include "ports/clock.h"

namespace hotseat::adapters {

// Everything but post() belongs to the thread that calls run(). Nothing wakes it while there is
// nothing to do (systemd's watchdog apart, where the unit asks for one). Destroyed outside run().
class Loop : public ports::Clock, public ports::Dispatcher {
 public:
  Loop();  // throws std::system_error when the kernel gives no epoll, timer or eventfd
  ~Loop() override;
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  ports::Instant now() const override;
  [[nodiscard]] std::unique_ptr<ports::Timer> after(ports::Duration delay,
                                                    std::function<void()> callback) override;
  // What a callback posts runs in the loop's next turn, after the sockets and timers that are
  // ready.
  void post(std::function<void()> callback) override;

  // Calls back in the loop when one of the signals arrives. They are blocked in the calling thread:
  // call it before any thread is started, so that all inherit the mask.
  void on_signal(int signal, std::function<void()> callback);
  // Answers systemd's watchdog for as long as the loop turns and `is_well` says so, asked twice in
  // each of its periods; nothing without WatchdogSec=.
  void feed_watchdog(std::function<bool()> is_well);

  int run();  // once; returns what exit() was given
  void exit(int status);

  // For adapters whose library attaches itself to sd-event (sd-bus, sd-device, child watches).
  sd_event* native() const { return event_.get(); }

 private:
  struct Unref {
    void operator()(sd_event* event) const { sd_event_unref(event); }
    // A library may keep a reference to the event: disabled, the source can reach nothing gone.
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };
  using Event = std::unique_ptr<sd_event, Unref>;
  using Source = std::unique_ptr<sd_event_source, Unref>;
  struct SignalWatch {
    std::function<void()> callback;
    Source source;
  };

  void drain();
  void feed_watchdog_once();

  Event event_;
  UniqueFd wake_;
  Source wake_source_;
  std::shared_ptr<TimerQueue> timers_;
  std::vector<std::unique_ptr<SignalWatch>> signals_;
  std::function<bool()> is_well_;
  std::chrono::microseconds watchdog_{0};  // its period
  std::unique_ptr<ports::Timer> feeding_;
  std::mutex mutex_;  // guards posted_
  std::vector<std::function<void()>> posted_;
};

}  // namespace hotseat::adapters
