#include "tests/integration/hook/hook_station.h"

#include <chrono>
#include <stdexcept>

namespace hotseat::test {

void HookStation::start(service::HookLimits limits, ports::Clock& clock) {
  socket_.emplace(loop_.native(), clock, app_, log_, path(), limits);
}

void HookStation::run_until(const std::function<bool()>& so) {
  const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!so()) {
    if (std::chrono::steady_clock::now() > latest) throw std::runtime_error("it takes too long");
    sd_event_run(loop_.native(), 10'000);
  }
}

}  // namespace hotseat::test
