#include "service/documents.h"

#include <chrono>

#include "service/report_json.h"

namespace hotseat::service {

namespace {

double milliseconds(std::chrono::microseconds duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Json to_json(const Refusal& refusal) {
  return {{"rule", to_string(refusal.rule)}, {"reason", refusal.reason}, {"hint", refusal.hint}};
}

Json to_json(const Error& error) {
  return {{"context", error.context},
          {"object", error.object},
          {"reason", error.reason},
          {"hint", error.hint}};
}

Json to_json(const StepReport& step) {
  return {{"index", step.index},
          {"kind", step.kind},
          {"text", step.text},
          {"state", to_string(step.state)},
          {"started_ms", milliseconds(step.started)},
          {"took_ms", milliseconds(step.took)},
          {"detail", step.detail}};
}

Json to_json(const Step& step, StepIndex index) {
  return {{"index", index},
          {"kind", kind_of(step.action)},
          {"text", describe(step.action)},
          {"after", step.after},
          {"deadline_ms", step.deadline.count()},
          {"required", step.required},
          {"undo", step.undo ? Json(describe(*step.undo)) : Json()}};
}

}  // namespace

Json to_json(const SwitchReport& report) {
  Json steps = Json::array();
  for (const StepReport& step : report.steps) steps.push_back(to_json(step));
  Json problems = Json::array();
  for (const Error& problem : report.problems) problems.push_back(to_json(problem));
  return {{"id", report.id},
          {"outcome", to_string(report.outcome)},
          {"from", report.from.str()},
          {"to", report.to.str()},
          {"owner", report.owner.str()},
          {"cause", report.cause},
          {"who", report.who},
          {"steps", std::move(steps)},
          {"notes", report.notes},
          {"warnings", report.warnings},
          {"problems", std::move(problems)},
          {"refusal", report.refusal ? to_json(*report.refusal) : Json()},
          {"input_moved_ms", milliseconds(report.input_moved)},
          {"took_ms", milliseconds(report.took)}};
}

std::string to_text(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string report_document(const SwitchReport& report) {
  return to_text(to_json(report));
}

std::string plan_document(const tl::expected<Plan, Refusal>& plan) {
  if (!plan) return to_text({{"refusal", to_json(plan.error())}});
  Json steps = Json::array();
  for (StepIndex index = 0; index < plan->steps.size(); ++index) {
    steps.push_back(to_json(plan->steps[index], index));
  }
  return to_text({{"from", plan->from.str()},
                  {"to", plan->to.str()},
                  {"steps", std::move(steps)},
                  {"notes", plan->notes}});
}

std::string utf8(std::string_view text) {
  return Json::parse(to_text(Json(text))).get<std::string>();
}

}  // namespace hotseat::service
