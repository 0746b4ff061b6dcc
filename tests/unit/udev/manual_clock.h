// A clock that moves when the test says so.
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "ports/clock.h"

namespace hotseat::adapters {

class ManualClock : public ports::Clock {
 public:
  ports::Instant now() const override { return now_; }

  std::unique_ptr<ports::Timer> after(ports::Duration delay,
                                      std::function<void()> callback) override {
    const Key key{now_ + delay, next_++};
    waiting_.emplace(key, std::move(callback));
    return std::make_unique<Cancel>(*this, key);
  }

  void advance(ports::Duration time) {
    const auto end = now_ + time;
    while (!waiting_.empty() && waiting_.begin()->first.first <= end) {
      auto next = waiting_.extract(waiting_.begin());
      now_ = next.key().first;
      next.mapped()();
    }
    now_ = end;
  }

  bool is_idle() const { return waiting_.empty(); }

 private:
  using Key = std::pair<ports::Instant, int>;
  struct Cancel : ports::Timer {
    Cancel(ManualClock& owner, Key which) : clock(owner), key(which) {}
    ~Cancel() override { clock.waiting_.erase(key); }
    ManualClock& clock;
    Key key;
  };

  ports::Instant now_{};
  int next_ = 0;
  std::map<Key, std::function<void()>> waiting_;
};

}  // namespace hotseat::adapters
