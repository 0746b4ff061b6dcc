// Plans, running switches and their reports for people.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "apps/cli/document.h"
#include "apps/cli/events.h"
#include "apps/cli/result.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

// What a switch does while it runs, a line for each thing worth telling. Remembers what it told.
class Progress {
 public:
  explicit Progress(const Style& style) : style_(style) {}
  std::string tell(const Event& event);  // lines, or nothing

 private:
  std::string tell_step(const StepChanged& step);

  Style style_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::string> told_;  // by switch and step
};

std::string render_plan(const Json& plan, const Style& style);

// How a switch ended: what to say, where, and the exit status.
struct Ending {
  ExitStatus status = ExitStatus::done;
  std::string out;  // the result
  std::string err;  // warnings, or why it did not work
};
Ending render_report(const Json& report, const Style& out_style, const Style& err_style);
Ending render_refusal(const Json& refusal, const Style& style);
ExitStatus exit_status_of(const Json& report);

// One of a report's problems.
Error error_of(const Json& problem);

// "host -> win11: done (412 ms)".
std::string summary(const Json& report);

// "hotseat: context: object: reason", and the hint on a line of its own.
std::string render_error(const Error& error, const Style& style);

}  // namespace hotseat::cli
