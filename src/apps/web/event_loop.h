// The one loop everything here runs in: sd-event, owned and timed.
#pragma once

#include <systemd/sd-event.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "web/moment.h"

namespace hotseat::web {

// One thread. What it hands out is destroyed before it.
class EventLoop {
 public:
  EventLoop();  // throws std::system_error
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  struct Disable {
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };
  using Source = std::unique_ptr<sd_event_source, Disable>;

  // Calls back whenever the descriptor is ready (level-triggered).
  class Watch {
   public:
    Watch(EventLoop& loop, int fd, std::uint32_t events, std::function<void()> ready);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    void pause();
    void go_on();

   private:
    std::function<void()> ready_;
    Source source_;
  };

  // Calls back once for each time it is set.
  class Alarm {
   public:
    Alarm(EventLoop& loop, std::function<void()> rings);
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;
    void set(Moment at);  // in place of what was set before
    void clear();

   private:
    std::function<void()> rings_;
    Source source_;
  };

  Moment now() const;
  static Date date();

  void end_on(int signal);  // blocks it, and ends run()
  int run();
  sd_event* native() const { return event_; }

 private:
  sd_event* event_ = nullptr;
};

}  // namespace hotseat::web
