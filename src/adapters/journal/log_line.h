// What a switch comes down to in the log, as lines a person understands.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/report.h"

namespace hotseat::adapters {

// syslog(3)'s severities, as the journal's PRIORITY= has them.
enum class Severity { critical = 2, error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

struct LogLine {
  Severity severity = Severity::info;
  std::string message;  // printable (base/printable.h)
  // The journal's fields beside it, "HOTSEAT_TARGET": printable as well.
  std::vector<std::pair<std::string, std::string>> fields;
  bool operator==(const LogLine&) const = default;
};

LogLine line_for_start(const SwitchReport& report);
// Nothing to say of a step that waits, runs or was skipped.
std::vector<LogLine> lines_for_step(SwitchId id, const StepReport& step);
// What came of it first; then, each a line, what else went wrong and what else there is to know.
std::vector<LogLine> lines_for_end(const SwitchReport& report);
LogLine line_for_notice(const std::string& text);

}  // namespace hotseat::adapters
