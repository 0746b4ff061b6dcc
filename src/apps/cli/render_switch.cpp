#include "apps/cli/render_switch.h"

#include "apps/cli/table.h"

namespace hotseat::cli {

namespace {

std::string with_detail(const std::string& text, const std::string& detail) {
  return printable(detail.empty() ? text : text + ": " + detail);
}

std::string duration_of(const Json& report) {
  return duration_text(report.at("took_ms").get<double>());
}

std::string complaint(const std::string& text, const Style& style) {
  return style.paint(Paint::bad, "hotseat:") + " " + text + "\n";
}

std::string hint_line(const std::string& hint) {
  return hint.empty() ? "" : "  " + hint + "\n";
}

std::string lines(const Json& texts, const std::string& before) {
  std::string all;
  for (const Json& text : texts) {
    all += before + printable(text.get_ref<const std::string&>()) + "\n";
  }
  return all;
}

std::string render_problems(const Json& problems) {
  std::string all;
  for (const Json& problem : problems) {
    Error error = error_of(problem);
    const std::string hint = std::exchange(error.hint, "");
    all += "  " + to_string(error) + "\n";
    if (!hint.empty()) all += "    " + hint + "\n";
  }
  return all;
}

std::string waits_for(const Json& step) {
  std::string list;
  for (const Json& index : step.at("after")) {
    list += (list.empty() ? "after " : ", ") + std::to_string(index.get<unsigned>() + 1);
  }
  return list;
}

Ending render_done(const Json& report, const Style& out_style, const Style& err_style) {
  Ending ending;
  const std::string owner = out_style.paint(Paint::strong, text_of(report, "owner"));
  ending.out = owner + " has the seat";
  ending.out +=
      report.at("steps").empty() ? ": nothing to do\n" : " (" + duration_of(report) + ")\n";
  ending.out += lines(report.at("notes"), "note: ");
  ending.err = lines(report.at("warnings"), err_style.paint(Paint::warning, "warning:") + " ");
  return ending;
}

Ending render_failed(const Json& report, const Style& style) {
  const bool undone = text_of(report, "outcome") == "rolled-back";
  Ending ending{ExitStatus::failed, "", ""};
  ending.err = complaint("the switch to " + text_of(report, "to") + " failed" +
                             (undone ? " and was undone: " : " and so did undoing it: ") +
                             text_of(report, "owner") + " has the seat",
                         style);
  ending.err += render_problems(report.at("problems"));
  ending.err += lines(report.at("warnings"), "  ");
  return ending;
}

}  // namespace

std::string Progress::tell(const Event& event) {
  if (const auto* started = std::get_if<SwitchStarted>(&event)) {
    return printable(started->from) + " -> " + printable(started->to) + "\n";
  }
  if (const auto* step = std::get_if<StepChanged>(&event)) return tell_step(*step);
  return "";
}

std::string Progress::tell_step(const StepChanged& step) {
  std::string line;
  if (step.state == "running") {
    // Only what takes a while is told before it ends.
    if (step.kind != "start-guest" && step.detail.empty()) return "";
    line = "  " + printable(step.detail.empty() ? step.text : step.detail) + "...\n";
  } else if (step.state != "waiting") {
    const Paint paint = step.state == "done"     ? Paint::good
                        : step.state == "failed" ? Paint::bad
                                                 : Paint::warning;
    line = "  " + with_detail(step.text, step.detail) + " - " +
           style_.paint(paint, printable(step.state)) + " (" +
           duration_text(static_cast<double>(step.took_us) / 1000) + ")\n";
  }
  std::string& told = told_[{step.id, step.index}];
  if (line == told) return "";
  told = line;
  return line;
}

std::string render_plan(const Json& plan, const Style& style) {
  const Json& steps = plan.at("steps");
  std::string text = text_of(plan, "from") + " -> " + text_of(plan, "to");
  if (steps.empty()) return text + ": nothing to do\n" + lines(plan.at("notes"), "note: ");
  Table table({"STEP", "", "WAITS", "AT MOST", "IF IT FAILS", "UNDONE BY"});
  for (const Json& step : steps) {
    const bool required = step.at("required").get<bool>();
    table.add({{std::to_string(step.at("index").get<unsigned>() + 1)},
               {text_of(step, "text"), Paint::strong},
               {waits_for(step)},
               {duration_text(step.at("deadline_ms").get<double>())},
               {required ? "roll back" : "warn"},
               {text_of(step, "undo")}});
  }
  return text + "\n" + table.render(style) + lines(plan.at("notes"), "note: ");
}

Error error_of(const Json& problem) {
  return {text_of(problem, "context"), text_of(problem, "object"), text_of(problem, "reason"),
          text_of(problem, "hint")};
}

ExitStatus exit_status_of(const Json& report) {
  const std::string outcome = text_of(report, "outcome");
  if (outcome == "refused") return ExitStatus::refused;
  return outcome == "done" || outcome == "done-with-warnings" ? ExitStatus::done
                                                              : ExitStatus::failed;
}

Ending render_refusal(const Json& refusal, const Style& style) {
  return {ExitStatus::refused, "",
          complaint("refused: " + text_of(refusal, "reason"), style) +
              hint_line(text_of(refusal, "hint"))};
}

Ending render_report(const Json& report, const Style& out_style, const Style& err_style) {
  switch (exit_status_of(report)) {
    case ExitStatus::refused:
      return render_refusal(report.at("refusal"), err_style);
    case ExitStatus::done:
      return render_done(report, out_style, err_style);
    default:
      return render_failed(report, err_style);
  }
}

std::string summary(const Json& report) {
  return text_of(report, "from") + " -> " + text_of(report, "to") + ": " +
         text_of(report, "outcome") + " (" + duration_of(report) + ")";
}

std::string render_error(const Error& error, const Style& style) {
  Error without_hint = error;
  without_hint.hint.clear();
  return complaint(to_string(without_hint), style) + hint_line(error.hint);
}

}  // namespace hotseat::cli
