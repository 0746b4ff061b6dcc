#include "apps/cli/render_notice.h"

#include <variant>

#include "apps/cli/render_switch.h"

namespace hotseat::cli {

namespace {

// The reason, and what to do about it.
std::string why(const Json& report) {
  const Json& refusal = report.at("refusal");
  if (!refusal.is_null()) {
    const std::string hint = text_of(refusal, "hint");
    return text_of(refusal, "reason") + (hint.empty() ? "" : "\n" + hint);
  }
  const Json& problems = report.at("problems");
  return problems.empty() ? "" : to_string(error_of(problems.front()));
}

std::string how_long(const Json& report) {
  return duration_text(report.at("took_ms").get<double>());
}

Notice ended(const Json& report) {
  const std::string to = text_of(report, "to");
  const std::string owner = text_of(report, "owner");
  const Json& warnings = report.at("warnings");
  switch (exit_status_of(report)) {
    case ExitStatus::done:
      if (warnings.empty()) return {owner + " has the seat", how_long(report), Urgency::low};
      return {owner + " has the seat", printable(warnings.front().get<std::string>()),
              Urgency::normal};
    case ExitStatus::refused:
      return {"No switch to " + to, why(report), Urgency::normal};
    default:
      return {"The switch to " + to + " failed; " + owner + " has the seat", why(report),
              Urgency::critical};
  }
}

struct ToNotice {
  std::optional<Notice> operator()(const SwitchStarted& /*event*/) const { return std::nullopt; }
  std::optional<Notice> operator()(const StepChanged& event) const {
    // A guest that boots takes its time: the only step that is worth a word while it lasts.
    if (event.kind != "start-guest" || event.state != "running") return std::nullopt;
    return Notice{printable(event.text) + " …", "", Urgency::low};
  }
  std::optional<Notice> operator()(const SwitchEnded& event) const { return ended(event.report); }
  std::optional<Notice> operator()(const PropertiesChanged& event) const {
    const auto problems = event.changed.find("Problems");
    if (problems == event.changed.end() || problems->empty()) return std::nullopt;
    std::string text;
    for (const Json& problem : *problems) {
      text += (text.empty() ? "" : "\n") + printable(problem.get<std::string>());
    }
    return Notice{"hotseat needs a look", text, Urgency::normal};
  }
  std::optional<Notice> operator()(const DaemonGone& /*event*/) const {
    return Notice{"hotseatd has stopped", "The devices are the host's own.", Urgency::critical};
  }
  std::optional<Notice> operator()(const DaemonBack& /*event*/) const {
    return Notice{"hotseatd is back", "", Urgency::low};
  }
};

}  // namespace

std::optional<Notice> notice_of(const Event& event) {
  return std::visit(ToNotice{}, event);
}

}  // namespace hotseat::cli
