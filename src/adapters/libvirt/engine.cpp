#include "adapters/libvirt/engine.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hotseat::adapters::libvirt {
namespace {

// A libvirtd that accepts but does not answer must not keep the daemon from its first status.
constexpr std::chrono::seconds kFirstStatus{2};

// After it was away. A libvirtd that has only just started takes up the QEMUs that run; one that
// ends before it has done so is given up without an event (the end of qemuProcessReconnect in
// src/qemu/qemu_process.c).
constexpr std::array kPausesBeforeLooks{std::chrono::seconds(2), std::chrono::seconds(8),
                                        std::chrono::seconds(20)};

// A USB device's or an input's: libvirt's own aliases of those are "hostdev…" and "input…", users'
// start with "ua-".
bool may_be_of_interest(const std::string& alias) {
  return alias.starts_with("hostdev") || alias.starts_with("input") || alias.starts_with("ua-");
}

}  // namespace

Engine::Engine(std::shared_ptr<Gateway> gateway, EventLoop& loop, ports::Dispatcher& dispatcher,
               KeyCodes key_codes)
    : loop_(loop),
      outbox_(std::make_shared<Outbox>(dispatcher)),
      link_(std::move(gateway), loop,
            {[this](const std::vector<DomainSnapshot>& all) { came_up(all); },
             [this](const std::string& problem) { went_down(problem); },
             [this](const DomainEvent& event) { heard(event); }}),
      table_(std::move(key_codes)) {}

Post Engine::posting() {
  return [outbox = outbox_, engine = weak_from_this()](std::function<void()> callback) {
    outbox->post([engine, callback = std::move(callback)] {
      const auto alive = engine.lock();
      if (alive && !alive->stopped_) callback();
    });
  };
}

void Engine::observe(Changed changed) {
  changed_ = std::move(changed);
  post_ = posting();
  first_status_ = loop_.after(kFirstStatus, [this, post = post_] {
    post([this] {
      if (!published_) publish();
    });
  });
  link_.open(post_);
}

void Engine::stop() {
  stopped_ = true;
  outbox_->close();
  first_status_.reset();
  look_again_.reset();
  for (auto& [id, operation] : operations_) *operation.ended = true;
  operations_.clear();
  link_.stop();
}

// ---- the connection ---------------------------------------------------------------------------

void Engine::came_up(const std::vector<DomainSnapshot>& all) {
  table_.replace(all);
  problem_.clear();
  publish();
  std::vector<OperationId> open;
  for (const auto& [id, operation] : operations_) {
    // One that is calling learns from its call that the connection had broken.
    if (operation.phase != Phase::calling) open.push_back(id);
  }
  for (const auto id : open) issue(id, true);
  if (std::exchange(has_been_up_, true)) look_again_later(0);
}

void Engine::look_again_later(std::size_t looks) {
  look_again_.reset();
  if (looks == kPausesBeforeLooks.size()) return;
  look_again_ = loop_.after(kPausesBeforeLooks.at(looks), [this, looks, post = post_] {
    post([this, looks] {
      for (const Domain& domain : table_.domains()) {
        if (is_active(domain.state)) refresh(domain.uuid, domain.name);
      }
      look_again_later(looks + 1);
    });
  });
}

void Engine::went_down(const std::string& problem) {
  look_again_.reset();
  problem_ = problem;
  publish();
  if (!link_.never_up()) return;
  std::vector<OperationId> waiting;
  for (const auto& [id, operation] : operations_) waiting.push_back(id);
  for (const auto id : waiting) issue(id, false);
}

// ---- the table --------------------------------------------------------------------------------

void Engine::heard(const DomainEvent& event) {
  note(event);
  publish();
  decide(event);
}

void Engine::note(const DomainEvent& event) {
  switch (event.kind) {
    case DomainEvent::Kind::changed:
      return refresh(event.uuid, event.name);
    case DomainEvent::Kind::started:
      table_.started(event.uuid, event.name);
      return refresh(event.uuid, event.name);
    case DomainEvent::Kind::suspended:
      return table_.state_changed(event.uuid, DomainState::paused);
    case DomainEvent::Kind::resumed:
      return table_.state_changed(event.uuid, DomainState::running);
    case DomainEvent::Kind::shutting_down:
      return table_.state_changed(event.uuid, DomainState::stopping);
    case DomainEvent::Kind::crashed:
      return table_.state_changed(event.uuid, DomainState::crashed);
    case DomainEvent::Kind::stopped:
      table_.state_changed(event.uuid, DomainState::shutoff);
      return refresh(event.uuid, event.name);  // a transient one is gone
    case DomainEvent::Kind::device_added:
      if (!is_expected(event)) refresh(event.uuid, event.name);
      return;
    case DomainEvent::Kind::device_removed:
      return removed(event);
    case DomainEvent::Kind::removal_failed:
      return;
  }
}

// Ours, and then nothing need be read while a switch runs; or nothing that could be a USB device or
// an input.
bool Engine::is_expected(const DomainEvent& added) const {
  if (!may_be_of_interest(added.alias)) return true;
  const auto* domain = table_.find_uuid(added.uuid);
  if (domain != nullptr && find_alias(domain->usb, added.alias) != nullptr) return true;
  const auto ids = operations_on(added.name);
  return std::any_of(ids.begin(), ids.end(), [&](OperationId id) {
    const auto& request = operations_.at(id).request;
    return request.kind == Request::Kind::attach && request.alias == added.alias;
  });
}

// USB devices are known by their aliases; what else goes may have been an input.
void Engine::removed(const DomainEvent& event) {
  const auto* domain = table_.find_uuid(event.uuid);
  const bool known = domain != nullptr && find_alias(domain->usb, event.alias) != nullptr;
  table_.detached(event.uuid, event.alias);
  if (known || event.alias.starts_with(kAliasPrefix)) return;
  if (may_be_of_interest(event.alias)) refresh(event.uuid, event.name);
}

void Engine::refresh(const std::string& uuid, const DomainName& name) {
  table_.outdate(uuid);  // a reading that is under way may have come too early
  if (!reading_.contains(uuid)) read(uuid, name);
}

void Engine::read(const std::string& uuid, const DomainName& name) {
  if (!link_.up()) return;
  reading_.insert(uuid);
  link_.call(
      name.str(), [uuid](Session& session) { return session.read(uuid); },
      [this, uuid, name, version = table_.version(uuid)](const Reading& reading, bool, unsigned) {
        have_read(uuid, name, version, reading);
      });
}

void Engine::have_read(const std::string& uuid, const DomainName& name, std::uint64_t version,
                       const Reading& reading) {
  reading_.erase(uuid);
  if (table_.version(uuid) != version) return read(uuid, name);
  if (reading.failed) return;  // it is just ending, which an event tells, or the connection broke
  if (reading.domain) {
    table_.update(*reading.domain, version);
  } else {
    table_.remove(uuid, version);
  }
  publish();
}

void Engine::publish() {
  HypervisorStatus status{link_.up(), problem_, table_.domains()};
  if (stopped_ || (published_ && *published_ == status)) return;
  published_ = std::move(status);
  first_status_.reset();
  changed_(*published_);
}

// ---- operations -------------------------------------------------------------------------------

void Engine::begin(const Request& request, ports::Duration deadline, Progress progress,
                   ports::Done done) {
  const auto id = ++last_id_;
  auto& operation = operations_[id];
  operation.request = request;
  operation.progress = std::move(progress);
  operation.done = std::move(done);
  operation.deadline = loop_.after(deadline, [this, id, post = post_] {
    post([this, id] {
      const auto found = operations_.find(id);
      if (found != operations_.end()) finish(id, fail(out_of_time(found->second.request)));
    });
  });
  // Not from inside the call, which might answer at once.
  post_([this, id] { issue(id, false); });
}

void Engine::issue(OperationId id, bool fresh) {
  const auto found = operations_.find(id);
  if (found == operations_.end()) return;
  auto& operation = found->second;
  if (!link_.up()) {
    operation.phase = Phase::waiting;
    if (link_.never_up()) finish(id, fail(not_connected(operation.request, problem_)));
    return;
  }
  switch (standing(operation.request, table_, fresh)) {
    case Standing::done:
      return finish(id, {});
    case Standing::impossible:
      return finish(id, fail(alias_taken(operation.request)));
    case Standing::to_do:
      return call(id, operation);
  }
}

void Engine::call(OperationId id, Operation& operation) {
  operation.phase = Phase::calling;
  const auto& request = operation.request;
  const auto* domain = table_.find(request.domain);
  const auto version = domain == nullptr ? 0 : table_.version(domain->uuid);
  const auto progress = [this, id, post = post_](const std::string& text) {
    post([this, id, text] { report_progress(id, text); });
  };
  link_.call(
      request.domain.str(),
      [request, progress, ended = operation.ended](Session& session) -> Answer {
        if (*ended) return {Verdict::failed, {}, {}, {}};  // nobody waits for it any more
        switch (request.kind) {
          case Request::Kind::start:
            return session.start(request.domain, progress);
          case Request::Kind::attach:
            return session.attach(request.domain, request.address, request.alias);
          case Request::Kind::detach:
            break;
        }
        return session.detach(request.domain, request.alias);
      },
      [this, id, request, version](const Answer& answer, bool alive, unsigned connection) {
        answered(id, request, version, answer, alive, connection);
      });
}

// What a call has changed is true even if its operation has run out of time meanwhile.
void Engine::answered(OperationId id, const Request& request, std::uint64_t version,
                      const Answer& answer, bool alive, unsigned connection) {
  if (answer.now && !table_.update(*answer.now, version)) refresh(answer.uuid, request.domain);
  if (answer.verdict == Verdict::done) record(request, answer, table_);
  publish();
  const auto found = operations_.find(id);
  if (found == operations_.end()) return;
  if (answer.verdict == Verdict::done) return finish(id, {});
  if (answer.verdict == Verdict::pending) {
    found->second.phase = Phase::leaving;
  } else if (alive) {
    finish(id, fail(answer.error));
  } else {
    found->second.phase = Phase::waiting;
    link_.lost(connection);
    if (link_.up()) issue(id, true);  // connected again already
  }
}

// What an event means to the operations on its domain.
void Engine::decide(const DomainEvent& event) {
  for (const auto id : operations_on(event.name)) {
    const auto found = operations_.find(id);
    if (found == operations_.end()) continue;  // a callback may have ended it
    if (const auto result = outcome(found->second.request, event)) finish(id, *result);
  }
}

void Engine::finish(OperationId id, const Expected<void>& result) {
  const auto found = operations_.find(id);
  if (found == operations_.end()) return;
  *found->second.ended = true;
  const auto done = std::move(found->second.done);
  operations_.erase(found);
  done(result);
}

void Engine::report_progress(OperationId id, const std::string& text) {
  const auto found = operations_.find(id);
  if (found != operations_.end() && found->second.progress) found->second.progress(text);
}

std::vector<Engine::OperationId> Engine::operations_on(const DomainName& domain) const {
  std::vector<OperationId> ids;
  for (const auto& [id, operation] : operations_) {
    if (operation.request.domain == domain) ids.push_back(id);
  }
  return ids;
}

}  // namespace hotseat::adapters::libvirt
