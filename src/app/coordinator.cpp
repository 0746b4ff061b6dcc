#include "app/coordinator.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hotseat::app {

namespace {

// What must not be held up is carried through whatever fails on the way.
// Nothing fails it, and no command is waited for before something moves.
void make_everything_optional(Plan& plan) {
  auto is_command = [&plan](StepIndex index) {
    return std::holds_alternative<RunCommand>(plan.steps[index].action);
  };
  for (StepIndex index = 0; index < plan.steps.size(); ++index) {
    plan.steps[index].required = false;
    if (!is_command(index)) std::erase_if(plan.steps[index].after, is_command);
  }
}

}  // namespace

const char* to_string(SeatState state) {
  switch (state) {
    case SeatState::starting:
      return "starting";
    case SeatState::idle:
      return "idle";
    case SeatState::switching:
      return "switching";
    case SeatState::degraded:
      return "degraded";
  }
  return "unknown";
}

Coordinator::Coordinator(Seat seat, Ports ports, ports::Reports& reports, LoadSeat load)
    : configured_(std::make_shared<const Seat>(std::move(seat))),
      seat_(configured_),
      ports_(ports),
      reports_(reports),
      load_(std::move(load)),
      self_(std::make_shared<Coordinator*>(this)) {
  ports_.monitors.configure(seat_->monitors);
  observe();
}

Coordinator::~Coordinator() = default;

Coordinator::Run::Run() = default;

void Coordinator::request_switch(const std::string& target, const std::string& who, Answer answer) {
  Request request{target, "request", who, {}, ports_.clock.now(), false, false};
  request.answers.push_back(std::move(answer));
  submit(std::move(request));
}

void Coordinator::request_next(const std::string& who, Answer answer) {
  Request request{"next", "request", who, {}, ports_.clock.now(), true, false};
  request.answers.push_back(std::move(answer));
  submit(std::move(request));
}

void Coordinator::request_release(const std::string& who, Answer answer) {
  Request request{kHost.str(), "release", who, {}, ports_.clock.now(), false, true};
  request.answers.push_back(std::move(answer));
  submit(std::move(request));
}

void Coordinator::refuse_request(const std::string& target, const std::string& who,
                                 const Refusal& refusal, Audience heard_by, Answer answer) {
  Request request{target, "request", who, {}, ports_.clock.now(), false, false};
  request.answers.push_back(std::move(answer));
  refuse(std::move(request), refusal, heard_by);
}

void Coordinator::submit(Request request) {
  if (!run_ && first_look_complete()) {
    begin(std::move(request));
    return;
  }
  const bool same_way = run_ && !run_->following && !request.next && !request.release &&
                        run_->report.to.str() == request.target && !run_->coming_home &&
                        run_->execution && run_->execution->goes_forward();
  if (same_way) {
    std::move(request.answers.begin(), request.answers.end(), std::back_inserter(run_->answers));
    return;
  }
  if (waiting_ && waiting_->release) {
    // The way home is not overtaken.
    refuse(std::move(request), {Rule::superseded, "the seat is being released to the host",
                                "ask again when it is there"});
    return;
  }
  const bool same_request = waiting_ && waiting_->target == request.target && !waiting_->next &&
                            !request.next && !request.release;
  if (same_request) {
    std::move(request.answers.begin(), request.answers.end(),
              std::back_inserter(waiting_->answers));
    return;
  }
  if (waiting_) {
    refuse(*std::exchange(waiting_, std::nullopt),
           {Rule::superseded, "a later request took its place: " + request.target, ""});
  }
  const bool release = request.release;
  waiting_ = std::move(request);
  if (release && run_) make_way_for_release();
}

void Coordinator::make_way_for_release() {
  run_->latest = waiting_->asked + seat_->timeouts.release;
  if (!run_->execution) return;
  run_->execution->hurry(*run_->latest);
  if (run_->report.to == kHost) return;
  run_->execution->call_off(Execution::CallOff::keep, {"switch to " + run_->report.to.str(), "",
                                                       "called off by a release", ""});
}

void Coordinator::begin(Request request) {
  refresh_drivers();
  auto target = request.next ? tl::expected<TargetName, Refusal>{next_target(world_, *seat_)}
                             : resolve_target(world_, *seat_, request.target);
  if (!target) return refuse(std::move(request), target.error());
  auto made = hotseat::plan(world_, *seat_, *target);
  if (!made) return refuse(std::move(request), made.error());
  // Without libvirt there is no way back, only home.
  const bool carry_through = request.release || (*target == kHost && !world_.hypervisor.connected);
  if (carry_through) make_everything_optional(*made);
  launch(std::move(*made), std::move(request), carry_through);
}

void Coordinator::launch(Plan plan, Request request, bool following) {
  run_.emplace();
  run_->following = following;
  run_->asked = request.asked;
  run_->answers = std::move(request.answers);
  if (request.release) run_->latest = request.asked + seat_->timeouts.release;
  SwitchReport& report = run_->report;
  report.id = next_id_++;
  report.from = plan.from;
  report.to = plan.to;
  report.owner = world_.owner;
  report.cause = request.cause;
  report.who = request.who;
  report.notes = plan.notes;
  run_->target_ran = is_alive(world_, *seat_, plan.to);
  for (const Step& step : plan.steps) {
    if (const auto* set = std::get_if<SetInput>(&step.action))
      monitors_checked_.insert(set->monitor);
  }
  reports_.switch_started(report);
  // libvirt is away or the guest is dead: nobody else gives the person the keyboard back.
  if (following && plan.to == kHost &&
      (!world_.hypervisor.connected || !is_alive(world_, *seat_, plan.from))) {
    // What it cannot take now is tried again, and told, at the end.
    take_home_by_force([this](const auto& problems) {
      if (problems.empty()) set_owner(kHost);
    });
  }
  execute(std::move(plan));
  offer_shortcuts();
}

void Coordinator::execute(Plan plan) {
  Execution::Listener listener;
  listener.step_changed = [this](const StepReport& step) {
    reports_.step_changed(run_->report.id, step);
  };
  listener.input_moved = [this] { input_moved(); };
  listener.ended = [this] { execution_ended(); };
  run_->execution =
      std::make_unique<Execution>(std::move(plan), ports_, run_->asked, std::move(listener));
  if (run_->latest) run_->execution->hurry(*run_->latest);
  run_->execution->start();
}

void Coordinator::input_moved() {
  const TargetName to = run_->execution->plan().to;
  if (!is_alive(world_, *seat_, to)) {
    run_->execution->call_off(
        Execution::CallOff::undo,
        {"switch to " + to.str(), "guest " + to.str(), "it stopped during the switch", ""});
    return;
  }
  run_->report.input_moved =
      std::chrono::duration_cast<std::chrono::microseconds>(ports_.clock.now() - run_->asked);
  set_owner(to);
}

void Coordinator::execution_ended() {
  const Execution& execution = *ended_executions_.emplace_back(std::move(run_->execution));
  // Its callers have returned by then, and those of the executions that began with its end.
  clearing_ = ports_.clock.after({}, [this] { ended_executions_.clear(); });
  SwitchReport& report = run_->report;
  auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(report.steps, execution.steps());
  append(report.warnings, execution.warnings());
  append(report.problems, execution.problems());

  if (run_->coming_home) {
    report.outcome = Outcome::rolled_back;
    return take_home_by_force([this](const auto& problems) { conclude_at_home(problems); });
  }
  switch (execution.end()) {
    case Execution::End::completed:
      report.outcome = report.warnings.empty() ? Outcome::done : Outcome::done_warnings;
      // A detach that was not answered leaves the device with the guest: not with us.
      if (run_->following && report.to == kHost) {
        return take_home_by_force([this](const auto& problems) { conclude_at_home(problems); });
      }
      return conclude();
    case Execution::End::stopped:
      return come_home("called off");
    case Execution::End::undone:
      report.outcome = Outcome::rolled_back;
      if (!is_alive(world_, *seat_, report.from)) return come_home("the way back is closed");
      set_owner(report.from);
      return conclude();
    case Execution::End::undo_failed:
      return come_home("undoing failed");
  }
}

// The world in which every order to route input that was not waited for has been carried out: the
// router has it, and will.
World Coordinator::as_ordered() const {
  World world = world_;
  const Execution& ended = *ended_executions_.back();
  for (StepIndex index = 0; index < ended.steps().size(); ++index) {
    const auto* route = std::get_if<RouteInput>(&ended.plan().steps[index].action);
    const StepState state = ended.steps()[index].state;
    const bool may_be_done = state == StepState::failed || state == StepState::undo_failed;
    if (route != nullptr && may_be_done) world.router.route = route->target;
  }
  return world;
}

// Neither there nor back: everything goes to the host, whatever of it still works.
void Coordinator::come_home(std::string why) {
  run_->coming_home = true;
  run_->report.notes.push_back(std::move(why) + "; bringing everything to the host");
  set_owner(kHost);
  auto home = hotseat::plan(as_ordered(), *seat_, kHost, Scope::picture);
  make_everything_optional(*home);  // the way to the host is never refused
  // libvirt has had its time: the kernel need not wait for it once more. Told at the end.
  if (run_->latest && ports_.clock.now() >= *run_->latest) take_home_by_force([](const auto&) {});
  execute(std::move(*home));
}

void Coordinator::take_home_by_force(std::function<void(const std::vector<Error>&)> then) {
  auto done = [this, then = std::move(then)](const Homecoming::Result& result) {
    for (const std::string& device : result.taken) {
      run_->report.warnings.push_back(device + " was taken back from the guest through the kernel");
    }
    ended_homecoming_ = std::move(run_->homecoming);
    then(result.problems);
  };
  run_->homecoming =
      std::make_unique<Homecoming>(ports_, devices_away(ports_, world_, *seat_), std::move(done));
}

void Coordinator::conclude_at_home(const std::vector<Error>& problems) {
  SwitchReport& report = run_->report;
  if (!problems.empty()) {
    report.problems.insert(report.problems.end(), problems.begin(), problems.end());
    report.outcome = Outcome::failed;
  } else if (report.outcome == Outcome::done && !report.warnings.empty()) {
    report.outcome = Outcome::done_warnings;
  }
  conclude();
}

void Coordinator::conclude() {
  SwitchReport report = std::move(run_->report);
  report.owner = world_.owner;
  report.took =
      std::chrono::duration_cast<std::chrono::microseconds>(ports_.clock.now() - run_->asked);
  auto answers = std::move(run_->answers);
  run_.reset();
  last_ = report;
  reports_.switch_ended(report);
  reports_.status_changed();
  answer_soon(std::move(answers), std::move(report));
  next_in_line();
}

void Coordinator::next_in_line() {
  if (run_) return;
  if (waiting_) {
    if (!adopted_) adopt_owner();
    if (leave_dead_owner()) return;
    begin(*std::exchange(waiting_, std::nullopt));
  }
  if (!run_) follow_world();  // also when what waited was refused
  offer_shortcuts();
}

void Coordinator::refuse(Request request, const Refusal& refusal, Audience heard_by) {
  SwitchReport report;
  report.id = next_id_++;
  report.from = world_.owner;
  report.to = TargetName{request.target};
  report.owner = world_.owner;
  report.cause = request.cause;
  report.who = request.who;
  report.outcome = Outcome::refused;
  report.refusal = refusal;
  if (heard_by == Audience::everybody) reports_.switch_ended(report);
  answer_soon(std::move(request.answers), std::move(report));
}

void Coordinator::answer_soon(std::vector<Answer> answers, SwitchReport report) {
  if (answers.empty()) return;
  const SwitchId id = report.id;
  auto deliver = [this, id, answers = std::move(answers), report = std::move(report)] {
    answering_.erase(id);
    for (const Answer& answer : answers) answer(report);
  };
  answering_[id] = ports_.clock.after({}, std::move(deliver));
}

void Coordinator::set_owner(const TargetName& owner) {
  if (world_.owner == owner) return;
  world_.owner = owner;
  reports_.status_changed();
}

tl::expected<Plan, Refusal> Coordinator::dry_run(const std::string& target) const {
  auto resolved = resolve_target(world_, *seat_, target);
  if (!resolved) return tl::make_unexpected(resolved.error());
  return hotseat::plan(world_, *seat_, *resolved);
}

Status Coordinator::status() const {
  Status status;
  status.world = world_;
  status.seat = seat_;
  status.last = last_;
  status.problems = problems();
  if (run_) {
    status.state = SeatState::switching;
    status.current = run_->report;
    if (run_->execution) status.current->steps = run_->execution->steps();
  } else if (!first_look_complete()) {
    status.state = SeatState::starting;
  } else if (!status.problems.empty()) {
    status.state = SeatState::degraded;
  }
  return status;
}

Expected<std::vector<std::string>> Coordinator::reload() {
  auto loaded = load_();
  if (!loaded) return fail(loaded.error());
  configured_ = std::make_shared<const Seat>(std::move(*loaded));
  admitted_.clear();
  seat_ = configured_;
  monitors_checked_.clear();
  ports_.monitors.configure(seat_->monitors);
  configure_router();
  reports_.notice("configuration read again");
  auto notes = seat_->notes;
  world_changed();
  return notes;
}

}  // namespace hotseat::app
