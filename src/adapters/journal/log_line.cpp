#include "adapters/journal/log_line.h"

#include <array>
#include <cstdio>

#include "base/printable.h"

namespace hotseat::adapters {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string in_words(std::chrono::microseconds time) {
  const double ms = static_cast<double>(time.count()) / 1000;
  std::array<char, 32> text{};
  const char* format = ms < 10 ? "%.1f ms" : ms < 10'000 ? "%.0f ms" : "%.1f s";
  std::snprintf(text.data(), text.size(), format, ms < 10'000 ? ms : ms / 1000);
  return text.data();
}

Fields fields_of(const SwitchReport& report) {
  return {{"HOTSEAT_SWITCH_ID", std::to_string(report.id)},
          {"HOTSEAT_TARGET", printable(report.to.str())},
          {"HOTSEAT_OWNER", printable(report.owner.str())},
          {"HOTSEAT_CAUSE", printable(report.cause)},
          {"HOTSEAT_WHO", printable(report.who)}};
}

Severity severity_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return Severity::notice;
    case Outcome::done_warnings:
      return Severity::warning;
    case Outcome::rolled_back:
      return Severity::error;
    case Outcome::failed:
      return Severity::critical;
    case Outcome::refused:
      return Severity::notice;
  }
  return Severity::error;
}

std::string moved(const SwitchReport& report) {
  if (report.steps.empty()) return report.owner.str() + " has the seat already";
  const auto time = report.input_moved.count() > 0 ? report.input_moved : report.took;
  return report.owner.str() + " has the seat after " + in_words(time);
}

std::string refused(const SwitchReport& report) {
  std::string text = "switch to " + report.to.str() + " refused";
  if (!report.refusal) return text;
  text += ": " + report.refusal->reason;
  if (!report.refusal->hint.empty()) text += " (" + report.refusal->hint + ")";
  return text;
}

std::string failed(const SwitchReport& report, const std::string& what_now) {
  std::string text = "switch to " + report.to.str() + " failed";
  if (!report.problems.empty()) text += ": " + to_string(report.problems.front());
  return text + "; " + what_now + ": " + report.owner.str() + " has the seat";
}

std::string headline(const SwitchReport& report) {
  switch (report.outcome) {
    case Outcome::done:
      return moved(report);
    case Outcome::done_warnings:
      return moved(report) + ", but not everything followed";
    case Outcome::rolled_back:
      return failed(report, "rolled back");
    case Outcome::failed:
      return failed(report, "undoing it failed too");
    case Outcome::refused:
      return refused(report);
  }
  return "switch to " + report.to.str() + " ended";
}

}  // namespace

LogLine line_for_start(const SwitchReport& report) {
  std::string text = "switching from " + report.from.str() + " to " + report.to.str();
  if (!report.cause.empty()) text += ": " + report.cause;
  if (!report.who.empty()) text += ", by " + report.who;
  return {Severity::info, printable(text), fields_of(report)};
}

std::vector<LogLine> lines_for_step(SwitchId id, const StepReport& step) {
  Severity severity = Severity::debug;
  switch (step.state) {
    case StepState::waiting:
    case StepState::running:
    case StepState::skipped:
      return {};
    case StepState::done:
    case StepState::undone:
      break;
    case StepState::failed:
    case StepState::undo_failed:
      severity = Severity::info;  // the end says what it means
  }
  std::string text = step.text + ": " + to_string(step.state) + " in " + in_words(step.took);
  if (!step.detail.empty()) text += ": " + step.detail;
  return {{severity,
           printable(text),
           {{"HOTSEAT_SWITCH_ID", std::to_string(id)},
            {"HOTSEAT_STEP", printable(step.kind)},
            {"HOTSEAT_STEP_STATE", to_string(step.state)}}}};
}

std::vector<LogLine> lines_for_end(const SwitchReport& report) {
  Fields fields = fields_of(report);
  fields.emplace_back("HOTSEAT_OUTCOME", to_string(report.outcome));
  const Severity severity = severity_of(report.outcome);
  std::vector<LogLine> lines{{severity, printable(headline(report)), fields}};
  auto add = [&](Severity of_line, const std::string& text) {
    lines.push_back({of_line, printable(text), fields});
  };
  const bool first_is_said =
      report.outcome == Outcome::rolled_back || report.outcome == Outcome::failed;
  for (std::size_t i = first_is_said ? 1 : 0; i < report.problems.size(); ++i) {
    add(severity, to_string(report.problems[i]));
  }
  for (const auto& warning : report.warnings) add(Severity::warning, "warning: " + warning);
  for (const auto& note : report.notes) add(Severity::info, "note: " + note);
  return lines;
}

LogLine line_for_notice(const std::string& text) {
  return {Severity::info, printable(text), {}};
}

}  // namespace hotseat::adapters
