#include "adapters/ddc/scanner.h"

#include <utility>

namespace hotseat::adapters {

Scanner::Scanner(DdcPaths paths, std::function<void(std::vector<FoundBus>)> found)
    : paths_(std::move(paths)), found_(std::move(found)), thread_([this] { run(); }) {}

Scanner::~Scanner() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Scanner::request() {
  {
    std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  wake_.notify_one();
}

void Scanner::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    wanted_ = false;
    lock.unlock();
    found_(find_buses(paths_));
    lock.lock();
  }
}

}  // namespace hotseat::adapters
