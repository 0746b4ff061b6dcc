#include "fake_app.h"

#include <utility>

namespace hotseat::test {

namespace {

using namespace std::chrono_literals;

Refusal unknown(const std::string& target) {
  return {Rule::unknown_target, "no target \"" + target + "\"", "hotseat guests lists them"};
}

GuestSpec guest(const std::string& name) {
  GuestSpec spec;
  spec.name = TargetName(name);
  spec.domain = DomainName(name);
  return spec;
}

}  // namespace

FakeApp::FakeApp(ports::Clock& clock, ports::Reports& reports) : clock_(clock), reports_(reports) {
  configured.guests = {guest("win11"), guest("zorg")};
  DeviceSpec keyboard;
  keyboard.name = DeviceName("keyboard");
  keyboard.match.id = UsbId{0x046d, 0xc31c};
  configured.devices.push_back(keyboard);
  MonitorSpec left;
  left.name = MonitorName("left");
  left.inputs = {{kHost, 0x0f}};
  configured.monitors.push_back(left);
  now.seat = {std::shared_ptr<const Seat>{}, &configured};
  now.world.usb.push_back({{1, 7}, {0x046d, 0xc31c}, "", "1-3", {}, UsbDriver::host});
  now.world.hypervisor.connected = true;
  now.world.hypervisor.domains = {{DomainName("win11"), "1", DomainState::running, 1, {}},
                                  {DomainName("zorg"), "2", DomainState::shutoff, 0, {}}};
  now.world.monitors.push_back({MonitorName("left"), true, 3, 0x0f, InputCertainty::verified, ""});
}

void FakeApp::request_switch(const std::string& target, const std::string& who, Answer answer) {
  const auto known = resolve_target(now.world, configured, target);
  request("switch " + target, known ? *known : TargetName(target), who, std::move(answer));
}

void FakeApp::request_next(const std::string& who, Answer answer) {
  request("next", TargetName("win11"), who, std::move(answer));
}

void FakeApp::request_release(const std::string& who, Answer answer) {
  request("release", kHost, who, std::move(answer));
}

void FakeApp::request(const std::string& what, const TargetName& target, const std::string& who,
                      Answer answer) {
  requests.push_back(what);
  callers.push_back(who);
  when_asked();
  if (dies) return;
  SwitchReport report;
  report.id = next_id_++;
  report.from = now.world.owner;
  report.to = target;
  report.owner = now.world.owner;
  report.cause = "request";
  report.who = who;
  soon_.push_back(clock_.after(0ms, [this, report, answer] { carry_out(report, answer); }));
}

void FakeApp::carry_out(SwitchReport report, const Answer& answer) {
  if (configured.target(report.to) == nullptr) {
    report.outcome = Outcome::refused;
    report.refusal = unknown(report.to.str());
    reports_.switch_ended(report);
    answer(report);
    return;
  }
  reports_.switch_started(report);
  StepReport step{0,   "start-guest", "start " + report.to.str(), StepState::running, 0us,
                  0us, "booting"};
  reports_.step_changed(report.id, step);
  step.state = outcome == Outcome::done ? StepState::done : StepState::failed;
  step.detail = outcome == Outcome::done ? "" : "no answer";
  step.took = 1500us;
  reports_.step_changed(report.id, step);
  report.steps.push_back(step);
  report = finished(report);
  now.world.owner = report.owner;
  now.last = report;
  reports_.switch_ended(report);
  reports_.status_changed();
  answer(report);
}

SwitchReport FakeApp::finished(SwitchReport report) const {
  report.outcome = outcome;
  report.took = 412'000us;
  if (outcome == Outcome::done || outcome == Outcome::done_warnings) report.owner = report.to;
  if (outcome == Outcome::done_warnings) report.warnings.emplace_back("left does not answer");
  if (outcome == Outcome::rolled_back || outcome == Outcome::failed) {
    report.problems.push_back({"start win11", "", "no answer", "look at its console"});
  }
  return report;
}

void FakeApp::refuse_request(const std::string& target, const std::string& who,
                             const Refusal& refusal, app::Audience heard_by, Answer answer) {
  SwitchReport report;
  report.id = next_id_++;
  report.from = now.world.owner;
  report.to = TargetName(target);
  report.owner = now.world.owner;
  report.who = who;
  report.outcome = Outcome::refused;
  report.refusal = refusal;
  if (heard_by == app::Audience::everybody) reports_.switch_ended(report);
  soon_.push_back(clock_.after(0ms, [report, answer] { answer(report); }));
}

void FakeApp::prepare_guest(const app::GuestNotice& notice, Verdict verdict) {
  std::string told = notice.domain.str() + " reads";
  for (const EvdevInput& input : notice.inputs) told += " " + input.path;
  notices.push_back(told);
  soon_.push_back(
      clock_.after(0ms, [this, verdict = std::move(verdict)] { verdict(preparation); }));
}

void FakeApp::guest_ended(const DomainName& domain, const std::string& who) {
  notices.push_back(domain.str() + " ended, says " + who);
}

void FakeApp::door_problem(const std::string& door, const std::string& problem) {
  door_problems[door] = problem;
  announce();
}

tl::expected<Plan, Refusal> FakeApp::dry_run(const std::string& target) const {
  if (configured.target(TargetName(target)) == nullptr) return tl::make_unexpected(unknown(target));
  Plan plan{now.world.owner, TargetName(target), {}, {"a note"}};
  Step& step = plan.steps.emplace_back();
  step.action = SetInput{MonitorName("left"), TargetName(target), 0x11};
  step.deadline = 2000ms;
  step.required = false;
  return plan;
}

}  // namespace hotseat::test
