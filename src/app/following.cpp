// The half of the Coordinator that keeps up with the world: who has the seat after a start, a guest
// that dies, a device that comes back.
#include <algorithm>
#include <utility>

#include "app/coordinator.h"
#include "domain/implied_guests.h"

namespace hotseat::app {

namespace {

constexpr Milliseconds kFirstRetry{500};
constexpr Milliseconds kLastRetry{30'000};
// A device that was plugged in has its driver by then, as a rule; offering it once more does no
// harm.
constexpr Milliseconds kSettling{1'000};

// The target whose picture the monitor shows, if it is one of ours.
bool shows_another_target(const MonitorSpec& spec, std::uint8_t input, const TargetName& owner) {
  auto own = spec.inputs.find(owner);
  if (own == spec.inputs.end() || own->second == input) return false;
  return std::any_of(spec.inputs.begin(), spec.inputs.end(),
                     [&](const auto& entry) { return entry.second == input; });
}

}  // namespace

void Coordinator::observe() {
  auto guarded = [weak = std::weak_ptr(self_)](
                     auto take, void (Coordinator::*changed)() = &Coordinator::world_changed) {
    return [weak, take, changed](const auto& seen) {
      auto self = weak.lock();
      if (!self) return;
      take(**self, seen);
      ((*self)->*changed)();
    };
  };
  ports_.usb.observe(guarded([](Coordinator& self, const std::vector<UsbDevice>& devices) {
    self.world_.usb = devices;
    self.usb_seen_ = true;
  }));
  ports_.monitors.observe(guarded([](Coordinator& self, const std::vector<MonitorStatus>& all) {
    self.world_.monitors = all;
    // One that is back before a switch has ended has been away all the same.
    for (const MonitorStatus& monitor : all) {
      if (!monitor.present) self.monitors_checked_.erase(monitor.name);
    }
  }));
  ports_.input_nodes.observe(guarded([](Coordinator& self, const std::vector<InputNode>& nodes) {
    self.world_.inputs = nodes;
    self.inputs_seen_ = true;
  }));
  ports_.router.observe(
      {guarded([](Coordinator& self, const RouterStatus& status) { self.world_.router = status; },
               &Coordinator::router_changed),
       [weak = std::weak_ptr(self_)](const Hotkey& hotkey) {
         if (auto self = weak.lock()) (*self)->pressed(hotkey);
       }});
  ports_.hypervisor.observe(guarded([](Coordinator& self, const HypervisorStatus& status) {
    // Guests outlive libvirtd: while it is away the last word on them stands.
    auto last_known = std::move(self.world_.hypervisor.domains);
    self.world_.hypervisor = status;
    if (!status.connected) self.world_.hypervisor.domains = std::move(last_known);
    self.hypervisor_seen_ = true;
  }));
}

void Coordinator::admit_guests() {
  auto implied = implied_guests(world_, *configured_);
  if (implied == admitted_) return;
  admitted_ = std::move(implied);
  seat_ = std::make_shared<const Seat>(with_guests(*configured_, admitted_));
}

// Told of differences only: most of what changes in the world is nothing to the router.
void Coordinator::configure_router() {
  admit_guests();
  // A guest that is about to start cannot wait for a libvirt that is only just starting itself.
  if (!inputs_seen_ || (!hypervisor_seen_ && preparations_.empty())) return;
  InputPlan wanted = input_setup(world_, *seat_);
  input_problems_ = std::move(wanted.problems);
  const bool is_empty = wanted.setup.sources.empty() && wanted.setup.watched.empty();
  if (setup_ == wanted.setup || (!setup_ && is_empty)) return;
  if (!setup_ || setup_->hotkeys != wanted.setup.hotkeys) shortcuts_.reset();
  setup_ = std::move(wanted.setup);
  ports_.router.configure(*setup_);
}

// Not while something is under way: it might be in the way.
void Coordinator::offer_shortcuts() {
  if (!setup_) return;
  Shortcuts wanted;
  if (adopted_ && !run_) wanted = shortcuts(world_, *seat_, setup_->hotkeys);
  if (shortcuts_ == wanted) return;
  shortcuts_ = std::move(wanted);
  ports_.router.set_shortcuts(*shortcuts_);
}

void Coordinator::pressed(const Hotkey& hotkey) {
  const auto nobody = [](const SwitchReport&) {};
  switch (hotkey.action) {
    case HotkeyAction::cycle:
      return request_next("hotkey", nobody);
    case HotkeyAction::switch_to:
      return request_switch(hotkey.target.str(), "hotkey", nobody);
    case HotkeyAction::release:
      return request_release("hotkey", nobody);
  }
}

void Coordinator::world_changed() {
  forget_announced();
  configure_router();
  router_changed();
}

// What the router does changes nothing of what it is to do (domain/input_setup).
void Coordinator::router_changed() {
  reports_.status_changed();
  look_at_preparations();
  if (!first_look_complete()) return;
  if (run_) {
    watch_run();
  } else {
    next_in_line();
  }
}

// After a start, whatever happened before it: the guest that holds the devices has the seat.
void Coordinator::adopt_owner() {
  adopted_ = world_.hypervisor.connected;
  const TargetName owner = observed_owner(world_, *seat_);
  if (owner != world_.owner) reports_.notice(owner.str() + " was found in the seat");
  set_owner(owner);
}

// What libvirt lists is planned with by who drives it this instant: the two views of a device
// arrive separately, and one must not be taken for a contradiction of the other.
void Coordinator::refresh_drivers() {
  for (UsbDevice& device : world_.usb) {
    if (!world_.is_listed(device.address)) continue;
    if (auto driver = ports_.usb.driver_now(device.address)) device.driver = *driver;
  }
}

void Coordinator::watch_run() {
  const TargetName& to = run_->report.to;
  if (!run_->execution || run_->coming_home || to == kHost) return;
  if (home_before_going_on()) return;
  const bool alive = is_alive(world_, *seat_, to);
  run_->target_ran = run_->target_ran || alive;
  if (alive || !run_->target_ran) return;
  const auto how = run_->following ? Execution::CallOff::keep : Execution::CallOff::undo;
  run_->execution->call_off(
      how, {"switch to " + to.str(), "guest " + to.str(), "it stopped during the switch", ""});
}

// Whoever has the seat is gone while its new owner starts, which may take minutes; nobody is to be
// without a keyboard that long: home first, then on to where it was to go.
bool Coordinator::home_before_going_on() {
  const TargetName dead = world_.owner;
  const TargetName to = run_->report.to;
  if (dead == to || is_alive(world_, *seat_, dead) || !run_->execution->waits_for_guest()) {
    return false;
  }
  if (!waiting_ && !run_->following) {
    waiting_ = Request{to.str(),
                       run_->report.cause,
                       run_->report.who,
                       std::move(run_->answers),
                       run_->asked,
                       false,
                       false};
  }
  run_->execution->call_off(
      Execution::CallOff::keep,
      {"switch to " + to.str(), "guest " + dead.str(), "it stopped while it had the seat",
       "once the host has it this goes on"});
  return true;
}

// Idle: is everything where it belongs?
void Coordinator::follow_world() {
  if (!first_look_complete()) return;
  refresh_drivers();
  if (!adopted_) adopt_owner();
  if (leave_dead_owner()) return;
  bring_orphans();
  if (!bring_strays()) bring_monitors();
}

bool Coordinator::leave_dead_owner() {
  if (is_alive(world_, *seat_, world_.owner)) return false;
  const TargetName dead = world_.owner;
  auto home = hotseat::plan(world_, *seat_, kHost);
  set_owner(kHost);
  follow(std::move(*home), dead.str() + " stopped");
  return true;
}

bool Coordinator::bring_strays() {
  auto made = hotseat::plan(world_, *seat_, world_.owner, Scope::inputs);
  if (!made || made->steps.empty()) {
    last_tried_.reset();
    backoff_ = Milliseconds{0};
    retry_.reset();
    if (!stuck_.empty()) {
      stuck_.clear();
      reports_.status_changed();
    }
    return false;
  }
  if (last_tried_ == *made) {
    if (!retry_) try_again_later();
    return false;
  }
  last_tried_ = *made;
  follow(std::move(*made), "devices follow the seat");
  return true;
}

// Devices that nobody holds and nobody drives: their guest was killed while hotseatd did not look,
// or they are only just being plugged in.
DevicesByAddress Coordinator::orphans() const {
  DevicesByAddress found;
  for (const DeviceSpec& spec : seat_->devices) {
    for (const UsbDevice* device : resolve(world_, spec)) {
      const bool held = world_.holder_of(device->address) != nullptr;
      if (device->driver == UsbDriver::none && !held) found.emplace(device->address, spec.name);
    }
  }
  return found;
}

// Home first, whoever has the seat: from there they follow it like a device that is plugged in.
void Coordinator::bring_orphans() {
  const auto found = orphans();
  const bool news = std::any_of(found.begin(), found.end(), [&](const auto& orphan) {
    return !orphans_tried_.contains(orphan.first);
  });
  if (!news) {
    orphans_tried_ = found;  // forgets those that have come home
    orphan_grace_.reset();
    return;
  }
  if (orphan_grace_) return;
  orphan_grace_ = ports_.clock.after(kSettling, [this] {
    orphan_grace_.reset();
    orphans_tried_ = orphans();
    if (orphans_tried_.empty()) return;
    orphans_coming_ = std::make_unique<Homecoming>(
        ports_, orphans_tried_, [this](const Homecoming::Result& result) {
          for (const std::string& device : result.taken) {
            reports_.notice(device + " had no driver; the host has it again");
          }
          for (const Error& problem : result.problems) reports_.notice(to_string(problem));
        });
  });
}

void Coordinator::try_again_later() {
  stuck_.clear();
  if (last_) stuck_.insert(stuck_.end(), last_->warnings.begin(), last_->warnings.end());
  backoff_ = std::clamp(backoff_ * 2, kFirstRetry, kLastRetry);
  retry_ = ports_.clock.after(backoff_, [this] {
    retry_.reset();
    last_tried_.reset();
    if (!run_) next_in_line();
  });
  reports_.status_changed();
}

// A monitor that shows a target of ours that does not have the seat was left behind by a crash or
// was away during the switch. Looked at once, when it appears: after that the person's own choice
// at the monitor stands.
bool Coordinator::bring_monitors() {
  if (!adopted_) return false;
  Plan bring;
  bring.from = world_.owner;
  bring.to = world_.owner;
  for (const MonitorStatus& monitor : world_.monitors) {
    const MonitorSpec* spec = seat_->monitor(monitor.name);
    if (spec == nullptr || !monitor.present || !monitor.input) continue;
    if (!monitors_checked_.insert(monitor.name).second) continue;
    if (!shows_another_target(*spec, *monitor.input, world_.owner)) continue;
    const SetInput action{monitor.name, world_.owner, spec->inputs.at(world_.owner)};
    bring.steps.push_back({action, {}, seat_->timeouts.monitor, false, false, {}});
  }
  if (bring.steps.empty()) return false;
  follow(std::move(bring), "monitors follow the seat");
  return true;
}

void Coordinator::follow(Plan plan, const std::string& cause) {
  for (Step& step : plan.steps) step.required = false;
  Request request{plan.to.str(), cause, "hotseatd", {}, ports_.clock.now(), false, false};
  launch(std::move(plan), std::move(request), true);
}

std::vector<std::string> Coordinator::problems() const {
  std::vector<std::string> found;
  if (!first_look_complete()) return found;
  const auto append = [&found](const std::vector<std::string>& more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  if (!world_.hypervisor.connected) {
    found.push_back("libvirt: " + world_.hypervisor.problem);
  } else {
    for (const GuestSpec& guest : seat_->guests) {
      if (const Domain* domain = world_.hypervisor.domain(guest.domain)) {
        append(domain->problems);
        continue;
      }
      if (world_.announced.contains(guest.domain)) continue;  // libvirt is yet to tell of it
      found.push_back("guest " + guest.name.str() + ": libvirt knows no domain \"" +
                      guest.domain.str() + "\"");
    }
  }
  DevicesByAddress claimed;
  for (const DeviceSpec& spec : seat_->devices) {
    if (spec.transport == Transport::evdev) {
      if (!spec.optional && resolve_inputs(world_, spec).empty()) {
        found.push_back(spec.name.str() + " is not plugged in");
      }
      continue;
    }
    const auto devices = resolve(world_, spec);
    for (const UsbDevice* device : devices) {
      const auto [owner, is_new] = claimed.emplace(device->address, spec.name);
      if (is_new || devices.size() > 1) continue;
      found.push_back(to_string(device->id) + " on port " + device->port + " is both " +
                      owner->second.str() + " and " + spec.name.str() +
                      ": tell them apart by serial or port");
    }
    if (devices.empty() && !spec.optional) found.push_back(spec.name.str() + " is not plugged in");
    if (devices.size() > 1) {
      found.push_back(spec.name.str() + " matches " + std::to_string(devices.size()) +
                      " devices: add serial or port to its match");
    }
  }
  append(input_problems_);
  append(world_.router.problems);
  for (const SourceStatus& source : world_.router.sources) {
    if (!source.problem.empty()) found.push_back(source.device.str() + ": " + source.problem);
  }
  if (world_.router.let_go) {
    found.emplace_back(
        "the release chord was pressed twice: devices are the host's own until the next switch");
  }
  for (const MonitorStatus& monitor : world_.monitors) {
    if (!monitor.problem.empty()) {
      found.push_back("monitor " + monitor.name.str() + ": " + monitor.problem);
    } else if (!monitor.present) {
      found.push_back("monitor " + monitor.name.str() + " was not found");
    }
  }
  append(stuck_);
  for (const auto& [door, problem] : door_problems_) {
    found.push_back(to_string(Error{door, "", problem, ""}));
  }
  return found;
}

}  // namespace hotseat::app
