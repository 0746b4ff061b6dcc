// The thread of one bus: a hung monitor stops nobody else.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/ddc/i2c_bus.h"
#include "adapters/ddc/session.h"

namespace hotseat::adapters {

// Sleeps without a timeout while there is nothing to do. `tell` and `ended` are called on the
// worker's thread; after `ended` the bus is closed and joining takes no time.
class BusWorker {
 public:
  BusWorker(int bus_number, std::unique_ptr<I2cBus> bus, std::function<void(Event)> tell,
            std::function<void()> ended);
  // Stops and joins: waits for one transfer at most.
  ~BusWorker();
  BusWorker(const BusWorker&) = delete;
  BusWorker& operator=(const BusWorker&) = delete;

  void send(Order order);  // any thread; returns at once
  void stop();             // any thread; returns at once

 private:
  void run(DdcSession session, const std::function<void()>& ended);
  void serve(DdcSession session);

  std::mutex mutex_;  // guards inbox_ and stopping_
  std::condition_variable wake_;
  std::vector<Order> inbox_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hotseat::adapters
