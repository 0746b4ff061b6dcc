// Tells whoever listens that something is not what it was.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace hotseat::sim {

// Held by a listener; letting go of it ends the listening.
using Listening = std::shared_ptr<void>;

template <typename... What>
class Bell {
 public:
  [[nodiscard]] Listening listen(std::function<void(What...)> callback) {
    auto listener = std::make_shared<std::function<void(What...)>>(std::move(callback));
    listeners_.push_back(listener);
    return listener;
  }

  void ring(What... what) {
    const auto listeners = listeners_;  // a listener may start another one
    for (const auto& weak : listeners) {
      if (auto listener = weak.lock()) (*listener)(what...);
    }
    std::erase_if(listeners_, [](const auto& weak) { return weak.expired(); });
  }

 private:
  std::vector<std::weak_ptr<std::function<void(What...)>>> listeners_;
};

}  // namespace hotseat::sim
