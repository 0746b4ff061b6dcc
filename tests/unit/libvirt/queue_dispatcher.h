// A loop that the test turns by hand.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "ports/clock.h"

namespace hotseat::adapters::libvirt {

class QueueDispatcher : public ports::Dispatcher {
 public:
  void post(std::function<void()> callback) override {
    {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(callback));
    }
    posted_one_.notify_one();
  }

  // Runs what is posted, waiting for more, until the condition holds.
  void run_until(const std::function<bool()>& condition) {
    while (!condition()) next()();
  }

  // Runs what is posted already.
  void run_posted() {
    std::deque<std::function<void()>> now;
    {
      const std::lock_guard lock(mutex_);
      now.swap(posted_);
    }
    for (const auto& callback : now) callback();
  }

 private:
  std::function<void()> next() {
    std::unique_lock lock(mutex_);
    posted_one_.wait(lock, [this] { return !posted_.empty(); });
    auto callback = std::move(posted_.front());
    posted_.pop_front();
    return callback;
  }

  std::mutex mutex_;  // guards posted_
  std::condition_variable posted_one_;
  std::deque<std::function<void()>> posted_;
};

}  // namespace hotseat::adapters::libvirt
