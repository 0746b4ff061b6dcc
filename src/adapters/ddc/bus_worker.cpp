#include "adapters/ddc/bus_worker.h"

#include <chrono>
#include <optional>
#include <utility>

namespace hotseat::adapters {

BusWorker::BusWorker(int bus_number, std::unique_ptr<I2cBus> bus, std::function<void(Event)> tell,
                     std::function<void()> ended)
    : thread_([this, session = DdcSession(bus_number, std::move(bus), std::move(tell)),
               ended = std::move(ended)]() mutable { run(std::move(session), ended); }) {}

BusWorker::~BusWorker() {
  stop();
  thread_.join();
}

void BusWorker::send(Order order) {
  {
    std::lock_guard lock(mutex_);
    inbox_.push_back(std::move(order));
  }
  wake_.notify_one();
}

void BusWorker::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
}

void BusWorker::run(DdcSession session, const std::function<void()>& ended) {
  serve(std::move(session));  // and closes the bus
  ended();
}

void BusWorker::serve(DdcSession session) {
  using std::chrono::steady_clock;
  std::optional<ports::Instant> due;
  std::unique_lock lock(mutex_);
  const auto called = [this] { return stopping_ || !inbox_.empty(); };
  while (true) {
    if (due) {
      wake_.wait_until(lock, *due, called);
    } else {
      wake_.wait(lock, called);
    }
    const bool last = stopping_;
    auto orders = std::exchange(inbox_, {});
    lock.unlock();
    for (Order& order : orders) session.accept(std::move(order), steady_clock::now());
    if (last) return session.abandon();
    due = session.step(steady_clock::now());
    lock.lock();
  }
}

}  // namespace hotseat::adapters
