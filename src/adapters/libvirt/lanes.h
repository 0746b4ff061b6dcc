// Where blocking calls are made: jobs of one lane in order, lanes side by side.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/libvirt/worker_thread.h"

namespace hotseat::adapters::libvirt {

// Thread-safe. A lane has a thread only while it has jobs: nothing waits and nothing is held while
// the daemon is idle.
class Lanes {
 public:
  using Job = std::function<void()>;

  Lanes() = default;
  ~Lanes() { stop(); }
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  // Dropped after stop(). A job may post jobs.
  void post(const std::string& lane, Job job);
  // Drops what waits.
  void drop_waiting();
  // Waits until no lane has a job; false: some still had one when the time was over.
  bool wait_idle(std::chrono::milliseconds longest);
  // Drops what waits and waits for what runs, however long. Not from a job.
  void stop();

 private:
  struct Lane {
    std::deque<Job> jobs;
    std::unique_ptr<WorkerThread> thread;
  };

  void work(const std::string& name);
  std::list<std::unique_ptr<WorkerThread>> take_ended();

  std::mutex mutex_;  // guards all below
  std::condition_variable ended_one_;
  bool stopped_ = false;
  std::map<std::string, Lane> lanes_;               // those at work
  std::list<std::unique_ptr<WorkerThread>> ended_;  // left only to be joined
};

}  // namespace hotseat::adapters::libvirt
