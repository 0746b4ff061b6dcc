// Where what happens is told: D-Bus signals, journal, the CLI's progress.
#pragma once

#include <string>

#include "domain/report.h"

namespace hotseat::ports {

class Reports {
 public:
  virtual ~Reports() = default;
  virtual void switch_started(const SwitchReport& report) = 0;
  virtual void step_changed(SwitchId id, const StepReport& step) = 0;
  virtual void switch_ended(const SwitchReport& report) = 0;
  // Status (owner, state, world, problems) is not what it was: look again.
  virtual void status_changed() = 0;
  virtual void notice(const std::string& text) = 0;  // for the log
};

}  // namespace hotseat::ports
