#include "adapters/udev/quiet.h"

#include <utility>

namespace hotseat::adapters {

Quiet::Quiet(ports::Clock& clock, ports::Duration quiet, std::function<void()> callback)
    : clock_(clock), quiet_(quiet), callback_(std::move(callback)) {}

void Quiet::stir() {
  timer_ = clock_.after(quiet_, [this] { callback_(); });
}

}  // namespace hotseat::adapters
