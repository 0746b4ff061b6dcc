#include "sim/virtual_clock.h"

#include <algorithm>
#include <utility>

namespace hotseat::sim {

class VirtualClock::AlarmTimer : public ports::Timer {
 public:
  explicit AlarmTimer(std::shared_ptr<Alarm> alarm) : alarm_(std::move(alarm)) {}
  ~AlarmTimer() override { alarm_->callback = nullptr; }
  AlarmTimer(const AlarmTimer&) = delete;
  AlarmTimer& operator=(const AlarmTimer&) = delete;

 private:
  std::shared_ptr<Alarm> alarm_;
};

VirtualClock::VirtualClock(std::uint64_t seed) : random_(seed) {}

std::unique_ptr<ports::Timer> VirtualClock::after(ports::Duration delay,
                                                  std::function<void()> callback) {
  auto due = now_ + std::max(delay, ports::Duration::zero());
  alarms_.push_back(std::make_shared<Alarm>(Alarm{due, std::move(callback)}));
  return std::make_unique<AlarmTimer>(alarms_.back());
}

void VirtualClock::post(std::function<void()> callback) {
  posted_.push_back(std::move(callback));
}

void VirtualClock::drop_cancelled() {
  std::erase_if(alarms_, [](const auto& alarm) { return !alarm->callback; });
}

bool VirtualClock::run_one_due() {
  drop_cancelled();
  std::vector<std::size_t> due;
  for (std::size_t i = 0; i < alarms_.size(); ++i) {
    if (alarms_[i]->due <= now_) due.push_back(i);
  }
  const std::size_t choices = due.size() + (posted_.empty() ? 0 : 1);
  if (choices == 0) return false;
  const std::size_t choice = std::uniform_int_distribution<std::size_t>(0, choices - 1)(random_);
  std::function<void()> callback;
  if (choice == due.size()) {
    callback = std::move(posted_.front());
    posted_.pop_front();
  } else {
    callback = std::exchange(alarms_[due[choice]]->callback, nullptr);
  }
  callback();
  return true;
}

bool VirtualClock::step_until(ports::Instant limit) {
  if (run_one_due()) return true;
  if (alarms_.empty()) return false;
  auto next = std::min_element(alarms_.begin(), alarms_.end(),
                               [](const auto& a, const auto& b) { return a->due < b->due; });
  if ((*next)->due > limit) return false;
  now_ = (*next)->due;
  return run_one_due();
}

bool VirtualClock::step() {
  return step_until(ports::Instant::max());
}

void VirtualClock::advance(ports::Duration by) {
  const auto end = now_ + by;
  while (step_until(end)) {
  }
  now_ = end;
}

bool VirtualClock::run_until_idle(ports::Duration limit) {
  const auto end = now_ + limit;
  while (step_until(end)) {
  }
  drop_cancelled();
  return alarms_.empty() && posted_.empty();
}

bool VirtualClock::run_until(const std::function<bool()>& condition, ports::Duration limit) {
  const auto end = now_ + limit;
  while (!condition()) {
    if (!step_until(end)) {
      now_ = std::max(now_, end);
      return condition();
    }
  }
  return true;
}

}  // namespace hotseat::sim
