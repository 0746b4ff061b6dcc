// A log that keeps what it is told.
#pragma once

#include <string>
#include <vector>

#include "ports/reports.h"

namespace hotseat::test {

class Log : public ports::Reports {
 public:
  void switch_started(const SwitchReport&) override {}
  void step_changed(SwitchId, const StepReport&) override {}
  void switch_ended(const SwitchReport&) override {}
  void status_changed() override {}
  void notice(const std::string& text) override { texts.push_back(text); }

  std::vector<std::string> texts;
};

}  // namespace hotseat::test
