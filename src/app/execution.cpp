#include "app/execution.h"

#include <algorithm>
#include <utility>

namespace hotseat::app {

namespace {

bool has_ended(StepState state) {
  return state != StepState::waiting && state != StepState::running;
}

bool is_monitor(const Action& action) {
  return std::holds_alternative<SetInput>(action);
}

bool moves_device(const Action& action) {
  return std::holds_alternative<AttachUsb>(action) || std::holds_alternative<DetachUsb>(action);
}

}  // namespace

Execution::Execution(Plan plan, Ports ports, ports::Instant asked, Listener listener)
    : plan_(std::move(plan)),
      ports_(ports),
      asked_(asked),
      listener_(std::move(listener)),
      running_(plan_.steps.size()),
      to_undo_(plan_.steps.size(), false) {
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    StepReport report;
    report.index = index;
    report.kind = kind_of(plan_.steps[index].action);
    report.text = describe(plan_.steps[index].action);
    reports_.push_back(std::move(report));
  }
}

Execution::~Execution() = default;

void Execution::start() {
  advance();
}

void Execution::call_off(CallOff how, Error why) {
  if (phase_ != Phase::forward) return;
  how_ = how;
  problems_.push_back(std::move(why));
  phase_ = Phase::draining;
  let_go_of_all_but_devices();
  advance();
}

void Execution::let_go_of_all_but_devices() {
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    if (!running_[index] || moves_device(plan_.steps[index].action)) continue;
    running_[index].reset();
    to_undo_[index] = plan_.steps[index].undo.has_value();
    reports_[index].took = since_asked() - reports_[index].started;
    set_state(index, StepState::failed, "the switch was called off before it ended");
  }
}

bool Execution::waits_for_guest() const {
  if (phase_ != Phase::forward) return false;
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    const bool starts = std::holds_alternative<StartGuest>(plan_.steps[index].action);
    if (starts && reports_[index].state == StepState::running) return true;
  }
  return false;
}

void Execution::hurry(ports::Instant latest) {
  latest_ = latest;
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    if (running_[index] && moves_device(plan_.steps[index].action)) running_[index]->hurry(latest);
  }
}

std::unique_ptr<StepPerformer> Execution::perform(const Action& action, Milliseconds deadline,
                                                  StepPerformer::Progress progress,
                                                  ports::Done done) {
  if (latest_ && moves_device(action)) {
    const auto left = std::chrono::duration_cast<Milliseconds>(*latest_ - ports_.clock.now());
    deadline = std::clamp(left, Milliseconds{0}, deadline);
  }
  return std::make_unique<StepPerformer>(ports_, action, deadline, std::move(progress),
                                         std::move(done));
}

void Execution::advance() {
  if (phase_ == Phase::forward) {
    start_ready_steps();
    note_input_moved();
  }
  if (phase_ == Phase::draining && !busy()) {
    skip_waiting();
    if (how_ == CallOff::keep) return finish(End::stopped);
    phase_ = Phase::undoing;
  }
  if (phase_ == Phase::undoing) start_ready_undos();
  if (phase_ == Phase::over || busy()) return;
  switch (phase_) {
    case Phase::forward:
      return finish(End::completed);
    case Phase::undoing:
      return finish(undo_failed_ ? End::undo_failed : End::undone);
    case Phase::draining:
    case Phase::over:
      return;
  }
}

bool Execution::busy() const {
  return std::any_of(running_.begin(), running_.end(),
                     [](const auto& running) { return running != nullptr; });
}

void Execution::start_ready_steps() {
  // In plan order a step comes after those it waits for: one pass settles skipped ones, too.
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    if (may_start(index)) start_step(index);
  }
}

bool Execution::may_start(StepIndex index) const {
  const auto& after = plan_.steps[index].after;
  return reports_[index].state == StepState::waiting &&
         std::all_of(after.begin(), after.end(),
                     [&](StepIndex before) { return has_ended(reports_[before].state); });
}

void Execution::start_step(StepIndex index) {
  const Step& step = plan_.steps[index];
  const bool in_vain = std::any_of(step.after.begin(), step.after.end(), [&](StepIndex before) {
    return reports_[before].state != StepState::done;
  });
  // The wrong guest did not let go of it: attaching it here cannot work. Commands still run.
  if (in_vain && std::holds_alternative<AttachUsb>(step.action)) {
    set_state(index, StepState::skipped, "an earlier step failed");
    return;
  }
  reports_[index].started = since_asked();
  set_state(index, StepState::running, "");
  auto progress = [this, index](const std::string& text) {
    set_state(index, StepState::running, text);
  };
  auto done = [this, index](const Expected<void>& result) { step_ended(index, result); };
  running_[index] = perform(step.action, step.deadline, progress, done);
}

void Execution::step_ended(StepIndex index, const Expected<void>& result) {
  running_[index].reset();
  reports_[index].took = since_asked() - reports_[index].started;
  const Step& step = plan_.steps[index];
  // A failed or unanswered step may have worked all the same: it is undone like a done one.
  to_undo_[index] = step.undo.has_value();
  if (result) {
    set_state(index, StepState::done, "");
  } else {
    const std::string text = to_string(result.error());
    set_state(index, StepState::failed, text);
    if (!step.required) {
      warnings_.push_back(text);
    } else {
      problems_.push_back(result.error());
      if (phase_ == Phase::forward) phase_ = Phase::draining;
    }
  }
  advance();
}

void Execution::note_input_moved() {
  if (moved_ || phase_ != Phase::forward) return;
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    if (plan_.steps[index].moves_input && !has_ended(reports_[index].state)) return;
  }
  moved_ = true;
  if (listener_.input_moved) listener_.input_moved();
}

void Execution::skip_waiting() {
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    if (reports_[index].state == StepState::waiting) set_state(index, StepState::skipped, "");
  }
}

bool Execution::may_undo(StepIndex index) const {
  if (!to_undo_[index] || running_[index]) return false;
  for (StepIndex later = 0; later < plan_.steps.size(); ++later) {
    const auto& after = plan_.steps[later].after;
    const bool depends = std::find(after.begin(), after.end(), index) != after.end();
    if (depends && to_undo_[later]) return false;  // later things are undone first
  }
  return true;
}

void Execution::start_ready_undos() {
  for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
    if (may_undo(index)) start_undo(index);
  }
}

void Execution::start_undo(StepIndex index) {
  const Step& step = plan_.steps[index];
  auto done = [this, index](const Expected<void>& result) { undo_ended(index, result); };
  running_[index] = perform(
      *step.undo, step.deadline, [](const std::string&) {}, done);
}

void Execution::undo_ended(StepIndex index, const Expected<void>& result) {
  running_[index].reset();
  to_undo_[index] = false;
  const bool failed_before = reports_[index].state == StepState::failed;
  const std::string why = reports_[index].detail;
  if (result) {
    set_state(index, failed_before ? StepState::failed : StepState::undone, why);
  } else {
    const std::string text = "undo: " + to_string(result.error());
    set_state(index, StepState::undo_failed, failed_before ? why + "; " + text : text);
    if (is_monitor(plan_.steps[index].action)) {
      warnings_.push_back(text);
    } else {
      undo_failed_ = true;
      problems_.push_back(result.error());
    }
  }
  advance();
}

void Execution::finish(End end) {
  end_ = end;
  phase_ = Phase::over;
  auto ended = std::exchange(listener_.ended, nullptr);
  if (ended) ended();
}

void Execution::set_state(StepIndex index, StepState state, std::string detail) {
  reports_[index].state = state;
  reports_[index].detail = std::move(detail);
  if (listener_.step_changed) listener_.step_changed(reports_[index]);
}

std::chrono::microseconds Execution::since_asked() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(ports_.clock.now() - asked_);
}

}  // namespace hotseat::app
