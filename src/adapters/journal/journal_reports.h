// Tells the log what happens.
#pragma once

#include "adapters/journal/log_sink.h"
#include "ports/reports.h"

namespace hotseat::adapters {

// The fields that let a program pick lines out of the journal: HOTSEAT_SWITCH_ID, HOTSEAT_TARGET,
// HOTSEAT_OWNER, HOTSEAT_CAUSE, HOTSEAT_WHO, at the end HOTSEAT_OUTCOME; of a step HOTSEAT_STEP and
// HOTSEAT_STEP_STATE. Loop thread only.
class JournalReports : public ports::Reports {
 public:
  explicit JournalReports(LogSink sink = default_sink());

  void switch_started(const SwitchReport& report) override;
  void step_changed(SwitchId id, const StepReport& step) override;
  void switch_ended(const SwitchReport& report) override;
  void status_changed() override;  // says nothing: what changed has been told
  void notice(const std::string& text) override;

 private:
  LogSink sink_;
};

}  // namespace hotseat::adapters
