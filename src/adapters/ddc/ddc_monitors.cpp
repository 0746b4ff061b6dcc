#include "adapters/ddc/ddc_monitors.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/ddc/dev_i2c_bus.h"
#include "adapters/ddc/quirks.h"

namespace hotseat::adapters {

namespace {

MakeI2cBus nodes_below(const std::filesystem::path& dev_dir) {
  return [dev_dir](int number) -> std::unique_ptr<I2cBus> {
    return std::make_unique<DevI2cBus>(dev_dir / ("i2c-" + std::to_string(number)));
  };
}

}  // namespace

DdcMonitors::DdcMonitors(ports::Dispatcher& dispatcher, ports::Clock& clock, const DdcPaths& paths)
    : DdcMonitors(dispatcher, clock, paths, nodes_below(paths.dev_dir)) {}

DdcMonitors::DdcMonitors(ports::Dispatcher& dispatcher, ports::Clock& clock, const DdcPaths& paths,
                         MakeI2cBus make_bus)
    : dispatcher_(dispatcher),
      clock_(clock),
      make_bus_(std::move(make_bus)),
      self_(std::make_shared<DdcMonitors*>(this)),
      scanner_(paths, [call = poster()](std::vector<FoundBus> found) {
        call([found = std::move(found)](DdcMonitors& self) { self.on_scan(found); });
      }) {}

DdcMonitors::~DdcMonitors() {
  // All are told before the first is waited for: hung buses then cost the longest, not the sum.
  for (auto& [number, bus] : buses_) retire(bus);
}

std::function<void(DdcMonitors::Call)> DdcMonitors::poster() const {
  return [dispatcher = &dispatcher_, weak = std::weak_ptr(self_)](Call what) {
    dispatcher->post([weak, what = std::move(what)] {
      if (const auto self = weak.lock()) what(**self);
    });
  };
}

// ---- the port ---------------------------------------------------------------------------------

void DdcMonitors::observe(std::function<void(const std::vector<MonitorStatus>&)> changed) {
  changed_ = std::move(changed);
  poster()(&DdcMonitors::report);
}

void DdcMonitors::configure(const std::vector<MonitorSpec>& monitors) {
  std::vector<Monitor> configured;
  for (const MonitorSpec& spec : monitors) {
    Monitor monitor;
    const Monitor* before = find(spec.name);
    if (before != nullptr && before->spec.match == spec.match) monitor = *before;
    monitor.spec = spec;
    configured.push_back(std::move(monitor));
  }
  monitors_ = std::move(configured);
  identify();
  poster()(&DdcMonitors::report);
  scanner_.request();
}

void DdcMonitors::rescan() {
  scanner_.request();
}

void DdcMonitors::set_input(const MonitorName& name, std::uint8_t input, ports::Duration deadline,
                            ports::Done done) {
  Monitor* monitor = find(name);
  if (monitor == nullptr || !monitor->place.bus) {
    const Error error{"set input", name.str(),
                      monitor == nullptr ? "no such monitor" : monitor->place.problem, ""};
    poster()([error, done = std::move(done)](DdcMonitors&) { done(fail(error)); });
    return;
  }
  monitor->last_ticket = ++last_ticket_;
  waiting_.emplace(last_ticket_, std::move(done));
  worker_of(buses_.at(*monitor->place.bus))
      .send(
          SetInputOrder{last_ticket_, name.str(), input, monitor->quirks, clock_.now() + deadline});
}

// ---- what the threads tell --------------------------------------------------------------------

void DdcMonitors::on_scan(const std::vector<FoundBus>& found) {
  scanned_ = true;
  if (drop_vanished(found)) {
    // Told also of one that is back already, on a bus like the one before: it may have missed a
    // switch in between.
    identify();
    report();
  }
  for (const FoundBus& bus : found) take(bus);
  identify();
  read_unknown_inputs();
  report();
}

// The worker is told to close the node at once: the kernel waits for that to remove the bus.
bool DdcMonitors::drop_vanished(const std::vector<FoundBus>& found) {
  const std::size_t before = buses_.size();
  for (auto at = buses_.begin(); at != buses_.end();) {
    Bus& bus = at->second;
    const bool there = std::any_of(found.begin(), found.end(), [&](const FoundBus& other) {
      return other.number == bus.found.number && other.device == bus.found.device &&
             other.directory == bus.found.directory;
    });
    if (!there) retire(bus);
    at = there ? std::next(at) : buses_.erase(at);
  }
  return buses_.size() != before;
}

void DdcMonitors::take(const FoundBus& found) {
  Bus& bus = buses_[found.number];
  bus.found = found;
  if (found.edid) {
    on_edid(bus, {found.edid, ""});
  } else if (found.kind == BusKind::display || named(found.number)) {
    // The EDID known so far stands until the answer comes.
    bus.asking = true;
    worker_of(bus).send(ReadEdidOrder{});
  }
}

// Monitors that did not say their input when they were found: another chance.
void DdcMonitors::read_unknown_inputs() {
  for (const Monitor& monitor : monitors_) {
    if (!monitor.place.bus || monitor.input) continue;
    worker_of(buses_.at(*monitor.place.bus)).send(ReadInputOrder{monitor.quirks});
  }
}

void DdcMonitors::on_event(WorkerId worker, const Event& event) {
  const auto entry = std::find_if(buses_.begin(), buses_.end(), [&](const auto& bus) {
    return bus.second.worker != nullptr && bus.second.worker_id == worker;
  });
  if (entry != buses_.end()) {
    Monitor* monitor = on_bus(entry->first);
    if (const auto* edid = std::get_if<EdidSeen>(&event)) {
      on_edid(entry->second, *edid);
      identify();
    } else if (const auto* seen = std::get_if<InputSeen>(&event); seen && monitor) {
      on_input(*monitor, *seen);
    } else if (const auto* set = std::get_if<SetEnded>(&event); set && monitor) {
      on_set(*monitor, *set);
    }
    report();
  }
  // A retired worker owes its answer nevertheless.
  if (const auto* set = std::get_if<SetEnded>(&event)) answer(*set);
}

void DdcMonitors::on_edid(Bus& bus, const EdidSeen& seen) {
  bus.asking = false;
  bus.edid = seen.edid;
  if (bus.edid && bus.last && bus.last->edid != *bus.edid) bus.last.reset();
}

void DdcMonitors::on_input(Monitor& monitor, const InputSeen& seen) {
  monitor.trouble = seen.problem;
  if (!seen.said) return;  // what was requested stays requested
  const bool agrees = !seen.asked || seen.asked == seen.said;
  // One that has proved to tell the truth is believed when it takes that back.
  const bool believed = agrees || monitor.certainty == InputCertainty::verified;
  if (believed) monitor.input = seen.said;
  monitor.certainty = believed ? InputCertainty::verified : InputCertainty::unknown;
}

void DdcMonitors::on_set(Monitor& monitor, const SetEnded& ended) {
  if (ended.result) {
    monitor.input = ended.input;
    monitor.certainty = InputCertainty::requested;
    monitor.trouble.clear();
  } else if (monitor.last_ticket == ended.ticket) {
    const Error& error = ended.result.error();
    monitor.trouble = to_string(Error{error.context, "", error.reason, error.hint});
  }
}

void DdcMonitors::answer(const SetEnded& ended) {
  auto waiting = waiting_.extract(ended.ticket);
  if (!waiting.empty()) waiting.mapped()(ended.result);
}

// ---- who is where -----------------------------------------------------------------------------

void DdcMonitors::identify() {
  std::vector<MonitorSpec> specs;
  for (const Monitor& monitor : monitors_) specs.push_back(monitor.spec);
  std::vector<Assignment> assignments = assign(specs, candidates(), looking());
  for (std::size_t i = 0; i < monitors_.size(); ++i) {
    place(monitors_[i], std::move(assignments[i]));
  }
  retire_idle_workers();
}

void DdcMonitors::place(Monitor& monitor, Assignment assignment) {
  const bool moved = assignment.bus != monitor.place.bus;
  const bool appeared = assignment.present && !monitor.place.present;
  monitor.place = std::move(assignment);
  if (moved) {
    monitor.input.reset();
    monitor.certainty = InputCertainty::unknown;
    monitor.trouble.clear();
  }
  if (!monitor.place.bus) return;

  Bus& bus = buses_.at(*monitor.place.bus);
  if (monitor.place.present) bus.last = LastSeen{monitor.spec.name, *bus.edid};
  const bool known = bus.last && bus.last->monitor == monitor.spec.name;
  monitor.quirks = quirks_of(known ? &bus.last->edid : nullptr, monitor.spec.quirks);
  if (moved || appeared) worker_of(bus).send(ReadInputOrder{monitor.quirks});
}

std::vector<Candidate> DdcMonitors::candidates() const {
  std::vector<Candidate> all;
  for (const auto& [number, bus] : buses_) {
    Candidate candidate{number, bus.found.connector, bus.found.kind != BusKind::display, bus.edid,
                        std::nullopt};
    if (bus.last) candidate.last = bus.last->monitor;
    all.push_back(std::move(candidate));
  }
  return all;
}

bool DdcMonitors::named(int bus) const {
  return std::any_of(monitors_.begin(), monitors_.end(),
                     [&](const Monitor& monitor) { return monitor.spec.match.bus == bus; });
}

bool DdcMonitors::in_use(int bus) const {
  return std::any_of(monitors_.begin(), monitors_.end(),
                     [&](const Monitor& monitor) { return monitor.place.bus == bus; });
}

bool DdcMonitors::looking() const {
  return !scanned_ || std::any_of(buses_.begin(), buses_.end(),
                                  [](const auto& bus) { return bus.second.asking; });
}

// ---- workers ----------------------------------------------------------------------------------

BusWorker& DdcMonitors::worker_of(Bus& bus) {
  if (bus.worker) return *bus.worker;
  bus.worker_id = ++last_worker_id_;
  bus.worker = std::make_unique<BusWorker>(
      bus.found.number, make_bus_(bus.found.number),
      [call = poster(), id = bus.worker_id](Event event) {
        call([id, event = std::move(event)](DdcMonitors& self) { self.on_event(id, event); });
      },
      [call = poster(), id = bus.worker_id] {
        call([id](DdcMonitors& self) { self.retiring_.erase(id); });
      });
  return *bus.worker;
}

// Joining could wait for a hung transfer: the worker says itself when it has ended.
void DdcMonitors::retire(Bus& bus) {
  if (!bus.worker) return;
  bus.worker->stop();
  retiring_.emplace(bus.worker_id, std::move(bus.worker));
}

void DdcMonitors::retire_idle_workers() {
  for (auto& [number, bus] : buses_) {
    if (!bus.asking && !in_use(number)) retire(bus);
  }
}

// ---- telling ----------------------------------------------------------------------------------

DdcMonitors::Monitor* DdcMonitors::find(const MonitorName& name) {
  const auto found = std::find_if(monitors_.begin(), monitors_.end(),
                                  [&](const Monitor& one) { return one.spec.name == name; });
  return found == monitors_.end() ? nullptr : &*found;
}

DdcMonitors::Monitor* DdcMonitors::on_bus(int bus) {
  const auto found = std::find_if(monitors_.begin(), monitors_.end(),
                                  [&](const Monitor& one) { return one.place.bus == bus; });
  return found == monitors_.end() ? nullptr : &*found;
}

MonitorStatus DdcMonitors::status_of(const Monitor& monitor) const {
  return {
      monitor.spec.name, monitor.place.present,
      monitor.place.bus, monitor.input,
      monitor.certainty, monitor.place.problem.empty() ? monitor.trouble : monitor.place.problem};
}

void DdcMonitors::report() {
  if (!changed_) return;
  std::vector<MonitorStatus> statuses;
  for (const Monitor& monitor : monitors_) statuses.push_back(status_of(monitor));
  if (reported_ == statuses) return;
  reported_ = statuses;
  changed_(statuses);
}

}  // namespace hotseat::adapters
