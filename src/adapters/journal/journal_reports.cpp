#include "adapters/journal/journal_reports.h"

#include <utility>

namespace hotseat::adapters {

JournalReports::JournalReports(LogSink sink) : sink_(std::move(sink)) {}

void JournalReports::switch_started(const SwitchReport& report) {
  sink_(line_for_start(report));
}

void JournalReports::step_changed(SwitchId id, const StepReport& step) {
  for (const auto& line : lines_for_step(id, step)) sink_(line);
}

void JournalReports::switch_ended(const SwitchReport& report) {
  for (const auto& line : lines_for_end(report)) sink_(line);
}

void JournalReports::status_changed() {}

void JournalReports::notice(const std::string& text) {
  sink_(line_for_notice(text));
}

}  // namespace hotseat::adapters
