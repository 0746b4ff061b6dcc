#include "tests/property/desk.h"

#include <algorithm>
#include <chrono>
#include <sstream>

#include "ports/reports.h"
#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_nodes.h"
#include "sim/input_router.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"

namespace hotseat::property {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

sim::Timing timing(double spread) {
  sim::Timing timing;
  timing.spread = spread;
  return timing;
}

CommandSpec command(const std::string& path, bool required) {
  CommandSpec spec;
  spec.argv = {path};
  spec.timeout = milliseconds(500);
  spec.required = required;
  return spec;
}

}  // namespace

Seat seat_with_commands() {
  Seat seat = sim::demo_seat();
  seat.host.on_leave = {command("/bin/host-leave", true)};
  seat.guests[0].on_enter = {command("/bin/win11-enter", true)};
  seat.guests[1].on_enter = {command("/bin/zorg-enter", false)};
  seat.guests[1].start_timeout = seconds(20);
  return seat;
}

class Desk::Log : public ports::Reports {
 public:
  explicit Log(Desk& desk) : desk_(desk) {}

  void switch_started(const SwitchReport& report) override {
    desk_.note("  #" + std::to_string(report.id) + " starts: " + report.from.str() + " -> " +
               report.to.str() + " (" + report.cause + ")");
  }
  void step_changed(SwitchId id, const StepReport& step) override {
    desk_.note("  #" + std::to_string(id) + " " + step.text + ": " + to_string(step.state) + " " +
               step.detail);
  }
  void switch_ended(const SwitchReport& report) override {
    std::string text = "  #" + std::to_string(report.id) + " ends: " + to_string(report.outcome) +
                       ", owner " + report.owner.str();
    for (const std::string& warning : report.warnings) text += "; warning: " + warning;
    for (const Error& problem : report.problems)
      text += "; problem: " + hotseat::to_string(problem);
    if (report.refusal) text += "; refused: " + report.refusal->reason;
    desk_.note(text);
    for (const std::string& wrong : dishonesties(report)) {
      desk_.workstation_.violation("report #" + std::to_string(report.id) + ": " + wrong);
    }
  }
  void status_changed() override {}
  void notice(const std::string& text) override { desk_.note("  " + text); }

 private:
  Desk& desk_;
};

struct Desk::Daemon {
  Daemon(Desk& desk, const Seat& seat)
      : hypervisor(desk.workstation_),
        usb(desk.workstation_),
        monitors(desk.workstation_),
        commands(desk.workstation_),
        input_nodes(desk.workstation_),
        router(desk.workstation_),
        log(desk),
        coordinator(
            seat, app::Ports{hypervisor, usb, monitors, commands, input_nodes, router, desk.clock_},
            log, [seat]() -> Expected<Seat> { return seat; }) {}

  sim::SimHypervisor hypervisor;
  sim::SimUsbDevices usb;
  sim::SimMonitors monitors;
  sim::SimCommands commands;
  sim::SimInputNodes input_nodes;
  sim::SimInputRouter router;
  Log log;
  app::Coordinator coordinator;
};

Desk::Desk(std::uint64_t seed, double spread, Seat seat)
    : seat_(std::move(seat)), clock_(seed), workstation_(clock_, timing(spread), seed) {
  sim::furnish_demo(workstation_);
  if (seed % 4 == 0) workstation_.machines().never_configures_usb(DomainName("win11"));
  clock_.run_until_idle();
  start_daemon();
  clock_.advance(seconds(5));
}

Desk::~Desk() = default;

app::Coordinator& Desk::daemon() {
  return daemon_->coordinator;
}

void Desk::start_daemon() {
  note("daemon starts");
  daemon_ = std::make_unique<Daemon>(*this, seat_);
}

void Desk::kill_daemon() {
  note("daemon is killed");
  daemon_.reset();
  for (Request& request : requests_) request.abandoned = request.abandoned || request.answers == 0;
}

app::Service::Answer Desk::expect_answer(const std::string& asked) {
  note("request " + asked);
  const std::size_t index = requests_.size();
  requests_.push_back({asked, 0, false, {}});
  return [this, index](const SwitchReport& report) {
    ++requests_[index].answers;
    requests_[index].report = report;
  };
}

std::size_t Desk::request_switch(const std::string& target) {
  daemon().request_switch(target, "test", expect_answer("switch " + target));
  return requests_.size() - 1;
}

std::size_t Desk::request_next() {
  daemon().request_next("test", expect_answer("next"));
  return requests_.size() - 1;
}

std::size_t Desk::request_release() {
  daemon().request_release("test", expect_answer("release"));
  return requests_.size() - 1;
}

bool Desk::wait_for(std::size_t request) {
  return clock_.run_until([&] { return requests_[request].answers > 0; }, minutes(10));
}

SwitchReport Desk::switch_to(const std::string& target) {
  const std::size_t request = request_switch(target);
  wait_for(request);
  return requests_[request].report;
}

void Desk::settle() {
  note("settling");
  for (const char* screen : {"left", "right"}) workstation_.screens().faults(screen) = {};
  workstation_.libvirtd().clear_faults();
  // Frees what hangs in it, too.
  workstation_.libvirtd().restart();
  for (const Domain& domain : workstation_.machines().all()) {
    workstation_.machines().resume(domain.name);
  }
  if (!daemon_) start_daemon();
  clock_.advance(minutes(10));
}

TargetName Desk::owner() {
  return daemon().status().world.owner;
}

std::vector<std::string> Desk::wrong_now() {
  std::vector<std::string> wrong = workstation_.violations();
  if (daemon_ && seat_.target(owner()) == nullptr) wrong.push_back("owner " + owner().str());
  for (const Request& request : requests_) {
    if (request.answers > 1) wrong.push_back(request.asked + " was answered twice");
  }
  return wrong;
}

std::vector<std::string> Desk::wrong_when_settled() {
  std::vector<std::string> wrong = wrong_now();
  const TargetName owner = this->owner();
  const GuestSpec* guest = seat_.guest(owner);
  const Domain* domain = guest ? workstation_.machines().find(guest->domain) : nullptr;
  if (guest != nullptr && (domain == nullptr || domain->state != DomainState::running)) {
    wrong.push_back("the owner " + owner.str() + " does not run");
  }
  const std::string expected = guest != nullptr ? guest->domain.str() : kHost.str();
  for (const DeviceSpec& spec : seat_.devices) {
    const std::string& label = spec.name.str();  // the demo calls them the same
    if (!workstation_.usb().is_plugged(label) || holder(label) == expected) continue;
    wrong.push_back(label + " is with \"" + holder(label) + "\", not with the owner " +
                    owner.str());
  }
  for (const Request& request : requests_) {
    if (request.answers == 0 && !request.abandoned) wrong.push_back(request.asked + ": no answer");
  }
  if (daemon().status().state == app::SeatState::switching) wrong.emplace_back("still switching");
  return wrong;
}

std::vector<std::string> Desk::dishonesties(const SwitchReport& report) {
  std::vector<std::string> wrong;
  auto must = [&](bool so, const std::string& what) {
    if (!so) wrong.push_back(std::string(to_string(report.outcome)) + ", but " + what);
  };
  const bool moved = report.outcome == Outcome::done || report.outcome == Outcome::done_warnings;
  const bool any_failed =
      std::any_of(report.steps.begin(), report.steps.end(), [](const StepReport& step) {
        return step.state == StepState::failed || step.state == StepState::undo_failed;
      });
  if (moved) {
    must(report.owner == report.to, "the owner is " + report.owner.str());
    must(report.problems.empty(), "it tells a problem");
  }
  if (report.outcome == Outcome::done) {
    must(report.warnings.empty(), "it warns");
    must(!any_failed, "a step failed");
  }
  if (report.outcome == Outcome::done_warnings) must(!report.warnings.empty(), "of nothing");
  if (report.outcome == Outcome::rolled_back) {
    must(!report.problems.empty(), "no problem is told");
    must(report.owner == report.from || report.owner == kHost,
         "the owner is " + report.owner.str());
  }
  if (report.outcome == Outcome::failed) must(!report.problems.empty(), "no problem is told");
  if (report.outcome == Outcome::refused) {
    must(report.refusal.has_value(), "no rule is named");
    must(report.steps.empty(), "steps were taken");
  }
  for (const StepReport& step : report.steps) {
    must(step.state != StepState::waiting && step.state != StepState::running,
         step.text + " is " + to_string(step.state));
  }
  return wrong;
}

void Desk::note(const std::string& text) {
  const auto since = clock_.now().time_since_epoch() - std::chrono::hours(1);
  story_.push_back(std::to_string(duration_cast<milliseconds>(since).count()) + " ms: " + text);
}

std::string Desk::story() const {
  std::ostringstream all;
  const std::size_t first = story_.size() > 400 ? story_.size() - 400 : 0;
  for (std::size_t i = first; i < story_.size(); ++i) all << story_[i] << '\n';
  return all.str();
}

}  // namespace hotseat::property
