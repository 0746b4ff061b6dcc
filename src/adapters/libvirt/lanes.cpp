#include "adapters/libvirt/lanes.h"

#include <utility>
#include <vector>

namespace hotseat::adapters::libvirt {

void Lanes::post(const std::string& lane, Job job) {
  const auto joined_on_return = take_ended();
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  auto& entry = lanes_[lane];
  entry.jobs.push_back(std::move(job));
  if (entry.thread) return;
  entry.thread = std::make_unique<WorkerThread>("libvirt-call", [this, lane] { work(lane); });
}

// Ended threads have nothing left to do but return: joining them takes no time. One may call this
// itself by way of post(), but only while it is not yet among them.
std::list<std::unique_ptr<WorkerThread>> Lanes::take_ended() {
  const std::lock_guard lock(mutex_);
  return std::exchange(ended_, {});
}

void Lanes::work(const std::string& name) {
  for (;;) {
    Job job;
    {
      const std::lock_guard lock(mutex_);
      const auto lane = lanes_.find(name);
      if (lane->second.jobs.empty()) {
        ended_.push_back(std::move(lane->second.thread));
        lanes_.erase(lane);
        ended_one_.notify_all();
        return;
      }
      job = std::move(lane->second.jobs.front());
      lane->second.jobs.pop_front();
    }
    job();
  }
}

void Lanes::drop_waiting() {
  std::vector<Job> dropped;  // destroyed without the lock: what a job holds may take its time
  const std::lock_guard lock(mutex_);
  for (auto& [name, lane] : lanes_) {
    for (auto& job : lane.jobs) dropped.push_back(std::move(job));
    lane.jobs.clear();
  }
}

bool Lanes::wait_idle(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  return ended_one_.wait_for(lock, longest, [this] { return lanes_.empty(); });
}

void Lanes::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  drop_waiting();
  for (;;) {
    std::unique_ptr<WorkerThread> running;
    {
      const std::lock_guard lock(mutex_);
      if (lanes_.empty()) break;
      running = std::move(lanes_.begin()->second.thread);
    }
    running.reset();  // joins
  }
  take_ended();
}

}  // namespace hotseat::adapters::libvirt
