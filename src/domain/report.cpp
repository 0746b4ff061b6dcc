#include "domain/report.h"

namespace hotseat {

bool has_moved(const SwitchReport& report) {
  return report.outcome == Outcome::done || report.outcome == Outcome::done_warnings;
}

std::string reason_of(const SwitchReport& report) {
  if (report.refusal) return report.refusal->reason;
  return report.problems.empty() ? to_string(report.outcome) : to_string(report.problems.front());
}

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return "done";
    case Outcome::done_warnings:
      return "done-with-warnings";
    case Outcome::rolled_back:
      return "rolled-back";
    case Outcome::failed:
      return "failed";
    case Outcome::refused:
      return "refused";
  }
  return "unknown";
}

const char* to_string(StepState state) {
  switch (state) {
    case StepState::waiting:
      return "waiting";
    case StepState::running:
      return "running";
    case StepState::done:
      return "done";
    case StepState::failed:
      return "failed";
    case StepState::skipped:
      return "skipped";
    case StepState::undone:
      return "undone";
    case StepState::undo_failed:
      return "undo-failed";
  }
  return "unknown";
}

}  // namespace hotseat
