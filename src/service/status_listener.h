// For doors that want to know no more than that the status is another.
#pragma once

#include <functional>
#include <utility>

#include "ports/reports.h"

namespace hotseat::service {

// Made before the app, which reports to it, and the door, which asks the app; outlives both. Loop
// thread only.
class StatusListener : public ports::Reports {
 public:
  void listen(std::function<void()> changed) { changed_ = std::move(changed); }

  void switch_started(const SwitchReport&) override {}
  void step_changed(SwitchId, const StepReport&) override {}
  void switch_ended(const SwitchReport&) override {}
  void status_changed() override {
    if (changed_) changed_();
  }
  void notice(const std::string&) override {}

 private:
  std::function<void()> changed_;
};

}  // namespace hotseat::service
