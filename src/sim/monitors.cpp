#include "sim/monitors.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hotseat::sim {

namespace {
constexpr int kTries = 3;  // of one Set
// A monitor may take seconds to tell its new input: the read-back is tried again, ever later.
constexpr std::array<int, 3> kReadBackAfter = {1, 3, 10};
}  // namespace

SimMonitors::SimMonitors(Workstation& workstation)
    : workstation_(workstation), mail_(workstation.clock()), agenda_(workstation.clock()) {}

void SimMonitors::observe(std::function<void(const std::vector<MonitorStatus>&)> changed) {
  changed_ = std::move(changed);
  report();
}

void SimMonitors::configure(const std::vector<MonitorSpec>& monitors) {
  auto old = std::exchange(lines_, {});
  for (const MonitorSpec& spec : monitors) {
    Line& line = lines_.emplace_back();
    line.spec = spec;
    line.status.name = spec.name;
  }
  for (Line& gone : old) {
    for (Set& set : gone.sets) {
      mail_.deliver({}, [done = std::move(set.done), name = gone.spec.name] {
        done(fail({"set the input of " + name.str(), name.str(), "the configuration changed", ""}));
      });
    }
  }
  rescan();
}

void SimMonitors::rescan() {
  for (Line& line : lines_) look_for(line);
  report();
}

void SimMonitors::look_for(Line& line) {
  const auto found = workstation_.screens().find(line.spec.match);
  const std::string screen = found.size() == 1 ? found.front() : "";
  line.status.problem = "";
  if (screen.empty()) {
    line.status = {
        line.spec.name,
        false,
        std::nullopt,
        std::nullopt,
        InputCertainty::unknown,
        found.empty() ? "not found" : "several monitors match: add a serial or a connector"};
  } else {
    line.status.present = true;
    line.status.bus = workstation_.screens().identity(screen).bus;
  }
  if (std::exchange(line.screen, screen) != screen && !screen.empty()) {
    const MonitorName name = line.spec.name;
    agenda_.in(workstation_.pace().draw(workstation_.pace().timing().ddc_read) + slowness(line),
               [this, name] { read_first(name); });
  }
}

void SimMonitors::read_first(const MonitorName& name) {
  Line* is = line(name);
  if (is == nullptr || is->screen.empty() || is->newest > 0) return;
  if (auto value = workstation_.screens().read(is->screen, feature_of(*is))) {
    is->status.input = value;
    is->status.certainty = InputCertainty::verified;
  }
  report();
}

void SimMonitors::set_input(const MonitorName& monitor, std::uint8_t input,
                            ports::Duration deadline, ports::Done done) {
  Line* is = line(monitor);
  if (is == nullptr || is->screen.empty()) {
    const std::string reason = is == nullptr ? "no such monitor is configured" : is->status.problem;
    mail_.deliver({}, [done = std::move(done), monitor, reason] {
      done(fail({"set the input of " + monitor.str(), monitor.str(), reason,
                 "hotseat monitors shows what is there"}));
    });
    return;
  }
  is->sets.push_back({input, workstation_.clock().now() + deadline, std::move(done)});
  if (is->sets.size() == 1) begin_set(monitor);
}

void SimMonitors::begin_set(const MonitorName& name) {
  Line* is = line(name);
  if (is == nullptr || is->sets.empty()) return;
  const auto takes =
      workstation_.pace().draw(workstation_.pace().timing().ddc_write) + slowness(*is);
  const auto now = workstation_.clock().now();
  // A transfer that outlasts the deadline is not waited for.
  const bool late = now + takes > is->sets.front().deadline;
  agenda_.in(late ? is->sets.front().deadline - now : takes, [this, name, late] {
    Line* then = line(name);
    if (then == nullptr || then->sets.empty()) return;
    if (!late) return transfer(name);
    finish_set(*then, fail({"set the input of " + name.str(), name.str(),
                            "it takes too long to answer", "raise the monitor timeout"}));
  });
}

void SimMonitors::transfer(const MonitorName& name) {
  Line& is = *line(name);
  Set& set = is.sets.front();
  ++set.tries;
  if (is.screen.empty() || !workstation_.screens().write(is.screen, feature_of(is), set.input)) {
    return retry_or_fail(is);
  }
  written(is, set.input);
  finish_set(is, {});
}

void SimMonitors::retry_or_fail(Line& line) {
  const auto again = workstation_.pace().draw(workstation_.pace().timing().ddc_again);
  Set& set = line.sets.front();
  const MonitorName name = line.spec.name;
  if (set.tries < kTries && workstation_.clock().now() + again < set.deadline) {
    agenda_.in(again, [this, name] { begin_set(name); });
    return;
  }
  finish_set(line, fail({"set the input of " + name.str(),
                         name.str() + " on bus " + std::to_string(line.status.bus.value_or(-1)),
                         "the monitor does not acknowledge", "is it on, and is DDC/CI enabled?"}));
}

void SimMonitors::finish_set(Line& line, Expected<void> result) {
  Set set = std::move(line.sets.front());
  line.sets.pop_front();
  mail_.deliver({}, [done = std::move(set.done), result = std::move(result)] { done(result); });
  if (line.sets.empty()) return;
  const MonitorName name = line.spec.name;
  agenda_.in(workstation_.pace().timing().ddc_again, [this, name] { begin_set(name); });
}

void SimMonitors::written(Line& line, std::uint8_t input) {
  line.status.input = input;
  line.status.certainty = InputCertainty::requested;
  line.status.problem = "";
  const std::uint64_t set = ++line.newest;
  report();
  const MonitorName name = line.spec.name;
  agenda_.in(workstation_.pace().draw(workstation_.pace().timing().read_back),
             [this, name, set] { read_back(name, set, 0); });
}

void SimMonitors::read_back(const MonitorName& name, std::uint64_t set, int attempt) {
  Line* is = line(name);
  if (is == nullptr || is->newest != set || is->screen.empty()) return;
  const auto value = workstation_.screens().read(is->screen, feature_of(*is));
  const auto next = static_cast<std::size_t>(attempt) + 1;
  if (value && value == is->status.input) {
    is->status.certainty = InputCertainty::verified;
  } else if (next < kReadBackAfter.size()) {
    const int wait = kReadBackAfter[next] - kReadBackAfter[next - 1];
    agenda_.in(workstation_.pace().draw(workstation_.pace().timing().read_back) * wait,
               [this, name, set, next] { read_back(name, set, static_cast<int>(next)); });
  } else {
    is->status.problem = value ? "still tells another input" : "does not tell its input";
  }
  report();
}

SimMonitors::Line* SimMonitors::line(const MonitorName& name) {
  auto found = std::find_if(lines_.begin(), lines_.end(),
                            [&](const Line& line) { return line.spec.name == name; });
  return found == lines_.end() ? nullptr : &*found;
}

std::uint8_t SimMonitors::feature_of(const Line& line) const {
  return line.spec.quirks.feature.value_or(MonitorQuirks{}.feature);
}

ports::Duration SimMonitors::slowness(const Line& line) const {
  if (line.screen.empty()) return {};
  return workstation_.screens().faults(line.screen).slow;
}

void SimMonitors::report() {
  if (!changed_) return;
  std::vector<MonitorStatus> statuses;
  for (const Line& line : lines_) statuses.push_back(line.status);
  if (reported_ == statuses) return;
  reported_ = statuses;
  mail_.deliver({}, [this, statuses = std::move(statuses)] { changed_(statuses); });
}

}  // namespace hotseat::sim
