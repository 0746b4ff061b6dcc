// A poll(2) loop on a thread of its own, with the semantics that virEventRegisterImpl() asks for.
#pragma once

#include <poll.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "adapters/libvirt/worker_thread.h"
#include "base/unique_fd.h"

namespace hotseat::adapters::libvirt {

// Thread-safe. Callbacks come on the loop's thread, without its lock. Sleeps while there is nothing
// to do.
class EventLoop {
 public:
  EventLoop();  // throws std::system_error when the kernel gives no eventfd
  ~EventLoop() = default;
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Keep it running by a Turning.
  void start();
  void stop();

  // One shot. Destroying it cancels it, but it may be firing just then.
  class Timer {
   public:
    Timer(EventLoop& loop, int id) : loop_(loop), id_(id) {}
    ~Timer() { loop_.remove_timeout(id_); }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

   private:
    EventLoop& loop_;
    int id_;
  };
  [[nodiscard]] std::unique_ptr<Timer> after(std::chrono::nanoseconds delay,
                                             std::function<void()> fire);

  // Called by the loop some time after a removal, never inside it: whoever removes may hold locks.
  using Free = std::function<void()>;

  // Events are poll(2) bits, level-triggered; 0 sleeps, and hides hang-ups too.
  int add_handle(int fd, short events, std::function<void(int id, short events)> fire, Free free);
  void update_handle(int id, short events);
  bool remove_handle(int id);

  // The interval is in ms and repeats; 0 fires on every turn, -1 sleeps.
  int add_timeout(int interval, std::function<void(int id)> fire, Free free);
  void update_timeout(int id, int interval);
  bool remove_timeout(int id);

 private:
  using Clock = std::chrono::steady_clock;
  struct Handle {
    int fd;
    short events;
    std::function<void(int, short)> fire;
    Free free;
  };
  struct Timeout {
    int interval;
    Clock::time_point due;
    std::function<void(int)> fire;
    Free free;
  };
  struct Polled {
    std::vector<pollfd> fds;
    std::vector<int> ids;  // of the same place in fds
    int timeout = -1;
  };

  void run();
  bool prepare(Polled& polled);  // false: stop
  void fire_timeouts();
  void fire_handles(const Polled& polled);
  void free_removed();
  void wake() const;

  UniqueFd wake_;
  std::mutex users_mutex_;  // guards users_ and thread_
  int users_ = 0;
  std::optional<WorkerThread> thread_;

  std::mutex mutex_;  // guards all below
  bool stop_ = false;
  int next_id_ = 1;
  std::map<int, std::shared_ptr<Handle>> handles_;
  std::map<int, std::shared_ptr<Timeout>> timeouts_;
  std::vector<Free> removed_;
};

// Keeps a loop's thread running; several may. Not destroyed on that thread.
class Turning {
 public:
  explicit Turning(EventLoop& loop) : loop_(loop) { loop_.start(); }
  ~Turning() { loop_.stop(); }
  Turning(const Turning&) = delete;
  Turning& operator=(const Turning&) = delete;

 private:
  EventLoop& loop_;
};

}  // namespace hotseat::adapters::libvirt
