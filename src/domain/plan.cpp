#include "domain/plan.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/input_setup.h"
#include "domain/plan_devices.h"

namespace hotseat {

namespace {

// A command gets its own timeout; this is for ending what outlived it.
constexpr Milliseconds kCommandGrace{2'000};
// The router's thread answers within a millisecond; a machine short of memory may take longer.
constexpr Milliseconds kRouteDeadline{1'000};

// Is the guest fit to take the seat? Nothing is returned when it is.
std::optional<Refusal> guest_refusal(const World& world, const GuestSpec& guest) {
  const std::string& name = guest.name.str();
  if (!world.hypervisor.connected) {
    return Refusal{Rule::hypervisor_away, "libvirt is not reachable: " + world.hypervisor.problem,
                   "systemctl status libvirtd; hotseatd reconnects by itself"};
  }
  const Domain* domain = world.hypervisor.domain(guest.domain);
  if (domain == nullptr) {
    return Refusal{Rule::unknown_domain, "libvirt knows no domain \"" + guest.domain.str() + "\"",
                   "virsh list --all shows the names; set domain under [guest." + name + "]"};
  }
  switch (domain->state) {
    case DomainState::running:
      return std::nullopt;
    case DomainState::paused:
      return Refusal{Rule::guest_paused, name + " is paused and could not react to input",
                     "virsh resume " + guest.domain.str()};
    case DomainState::stopping:
      return Refusal{Rule::guest_stopping, name + " is shutting down", "try again when it is off"};
    case DomainState::shutoff:
    case DomainState::crashed:
      break;
  }
  if (guest.start == StartPolicy::automatic) return std::nullopt;
  return Refusal{
      Rule::guest_not_running, name + " is not running",
      "virsh start " + guest.domain.str() + ", or set start = \"auto\" under [guest." + name + "]"};
}

// Whatever is typed must have somewhere to go.
std::optional<Refusal> input_refusal(const World& world, const Seat& seat, const GuestSpec& guest) {
  const auto missing = inputs_missing(world, seat, guest);
  if (missing.empty()) return std::nullopt;
  std::string names;
  for (const DeviceName& device : missing) names += (names.empty() ? "" : ", ") + device.str();
  return Refusal{Rule::input_missing,
                 guest.name.str() + " has no input that " + names + " could be forwarded to",
                 "hotseat guest prepare " + guest.name.str() + ", then restart the guest"};
}

// Puts the steps of one switch together, in an order in which every step comes after those it
// waits for.
class Assembly {
 public:
  Assembly(const World& world, const Seat& seat, const TargetName& target, Scope scope)
      : world_(world), seat_(seat), scope_(scope) {
    plan_.from = world.owner;
    plan_.to = target;
  }

  Plan take() && { return std::move(plan_); }

  void leave() {
    if (!runs_commands()) return;
    const TargetSpec* from = seat_.target(plan_.from);
    if (from == nullptr) return;
    // A dead guest's commands can hold nothing up: its input must come home.
    const bool may_block = is_alive(world_, seat_, plan_.from);
    std::vector<StepIndex> previous;
    for (const CommandSpec& command : from->on_leave) {
      const bool required = command.required && may_block;
      previous = {add(command_step(command, "leave", plan_.from, required, previous))};
      if (required) gate_.push_back(previous.front());
    }
  }

  void start_guest() {
    const GuestSpec* guest = seat_.guest(plan_.to);
    if (guest == nullptr) return;
    const Domain* domain = world_.hypervisor.domain(guest->domain);
    if (domain == nullptr || domain->state == DomainState::running) return;
    Step step{StartGuest{guest->name, guest->domain}, gate_, guest->start_timeout, true, true, {}};
    gate_ = {add(std::move(step))};
  }

  // At once, whatever else is still moving: it is undone as quickly.
  void route_input() {
    // Domains may name devices that the configuration does not.
    const bool nothing_to_route = !routes_input(seat_) && world_.router.sources.empty();
    if (nothing_to_route || world_.router.route == plan_.to) return;
    Step step{RouteInput{plan_.to}, gate_, kRouteDeadline, true, true, RouteInput{plan_.from}};
    add(std::move(step));
  }

  void move_devices(const std::vector<DeviceMove>& moves) {
    for (const DeviceMove& move : moves) move_device(move);
  }

  void set_inputs() {
    if (scope_ == Scope::inputs) return;
    for (const MonitorSpec& monitor : seat_.monitors) {
      auto wanted = monitor.inputs.find(plan_.to);
      if (wanted == monitor.inputs.end()) continue;
      std::optional<Action> undo;
      auto before = monitor.inputs.find(plan_.from);
      if (before != monitor.inputs.end() && plan_.from != plan_.to) {
        undo = SetInput{monitor.name, plan_.from, before->second};
      }
      add({SetInput{monitor.name, plan_.to, wanted->second}, gate_, seat_.timeouts.monitor, false,
           false, undo});
    }
  }

  void enter() {
    if (!runs_commands()) return;
    std::vector<StepIndex> previous = gate_;
    for (StepIndex index = 0; index < plan_.steps.size(); ++index) {
      if (plan_.steps[index].moves_input) previous.push_back(index);
    }
    const bool may_block = is_alive(world_, seat_, plan_.from);
    for (const CommandSpec& command : seat_.target(plan_.to)->on_enter) {
      const bool required = command.required && may_block;
      previous = {add(command_step(command, "enter", plan_.to, required, previous))};
    }
  }

  void note(std::string text) { plan_.notes.push_back(std::move(text)); }

 private:
  bool runs_commands() const { return scope_ == Scope::whole && plan_.from != plan_.to; }

  StepIndex add(Step step) {
    plan_.steps.push_back(std::move(step));
    return plan_.steps.size() - 1;
  }

  void move_device(const DeviceMove& move) {
    std::vector<StepIndex> after = gate_;
    for (const Holding& holding : move.out_of) {
      Step step{DetachUsb{move.device, holding.domain, holding.address, holding.alias},
                gate_,
                seat_.timeouts.usb,
                move.required,
                true,
                {}};
      // A device that has gone cannot be given back.
      if (!holding.stale) {
        step.undo = AttachUsb{move.device, holding.domain, holding.address, holding.alias};
      }
      after.push_back(add(std::move(step)));
    }
    if (!move.into) return;
    const std::string alias = alias_of(move.device);
    add({AttachUsb{move.device, *move.into, move.address, alias}, after, seat_.timeouts.usb,
         move.required, true, DetachUsb{move.device, *move.into, move.address, alias}});
  }

  Step command_step(const CommandSpec& command, const char* event, const TargetName& target,
                    bool required, std::vector<StepIndex> after) const {
    std::map<std::string, std::string> environment{
        {"HOTSEAT_EVENT", event},
        {"HOTSEAT_TARGET", target.str()},
        {"HOTSEAT_FROM", plan_.from.str()},
        {"HOTSEAT_TO", plan_.to.str()},
        {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        {"LANG", "C.UTF-8"}};
    if (const GuestSpec* guest = seat_.guest(target)) {
      environment["HOTSEAT_DOMAIN"] = guest->domain.str();
    }
    return {RunCommand{command, std::move(environment)},
            std::move(after),
            command.timeout + kCommandGrace,
            required,
            false,
            {}};
  }

  const World& world_;
  const Seat& seat_;
  Scope scope_;
  Plan plan_;
  std::vector<StepIndex> gate_;  // what everything that moves has to wait for
};

}  // namespace

tl::expected<Plan, Refusal> plan(const World& world, const Seat& seat, const TargetName& target,
                                 Scope scope) {
  if (seat.target(target) == nullptr) {
    return tl::make_unexpected(Refusal{Rule::unknown_target, "no target \"" + target.str() + "\"",
                                       "hotseat guests lists them"});
  }
  const Leniency leniency = scope == Scope::whole ? Leniency::refuse : Leniency::skip;
  std::optional<Refusal> no_input;
  if (const GuestSpec* guest = seat.guest(target)) {
    if (auto refusal = guest_refusal(world, *guest)) return tl::make_unexpected(*refusal);
    no_input = input_refusal(world, seat, *guest);
    if (no_input && leniency == Leniency::refuse) return tl::make_unexpected(*no_input);
  }
  auto moves = plan_devices(world, seat, target, leniency);
  if (!moves) return tl::make_unexpected(moves.error());

  Assembly assembly(world, seat, target, scope);
  assembly.leave();
  assembly.start_guest();
  assembly.route_input();
  // Monitors before devices: their steps take a millisecond and may start at once.
  assembly.set_inputs();
  assembly.move_devices(moves->moves);
  assembly.enter();
  if (no_input) assembly.note(no_input->reason);
  for (std::string& note : moves->notes) assembly.note(std::move(note));
  return std::move(assembly).take();
}

}  // namespace hotseat
