// The way back to the loop thread that may be shut while others still try to use it.
#pragma once

#include <functional>
#include <mutex>
#include <utility>

#include "ports/clock.h"

namespace hotseat::adapters::libvirt {

// Thread-safe.
class Outbox {
 public:
  explicit Outbox(ports::Dispatcher& dispatcher) : dispatcher_(&dispatcher) {}

  void post(std::function<void()> callback) {
    const std::lock_guard lock(mutex_);
    if (dispatcher_ != nullptr) dispatcher_->post(std::move(callback));
  }
  // From here on nothing is posted: the dispatcher may go.
  void close() {
    const std::lock_guard lock(mutex_);
    dispatcher_ = nullptr;
  }

 private:
  std::mutex mutex_;  // guards dispatcher_
  ports::Dispatcher* dispatcher_;
};

}  // namespace hotseat::adapters::libvirt
