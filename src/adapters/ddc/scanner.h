// Runs find_buses() on a thread of its own, because sysfs may block while connectors are probed.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/ddc/discovery.h"

namespace hotseat::adapters {

// `found` is called on the scanner's thread, once for each request; requests made while it looks
// are answered by one more look.
class Scanner {
 public:
  Scanner(DdcPaths paths, std::function<void(std::vector<FoundBus>)> found);
  ~Scanner();  // waits for a look under way
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  void request();  // any thread; returns at once

 private:
  void run();

  const DdcPaths paths_;
  const std::function<void(std::vector<FoundBus>)> found_;
  std::mutex mutex_;  // guards wanted_ and stopping_
  std::condition_variable wake_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hotseat::adapters
