#include "sim/hypervisor.h"

#include <utility>
#include <vector>

namespace hotseat::sim {

namespace {

std::string context_of(Operation operation, const DomainName& domain, const UsbAddress& address,
                       const std::string& alias) {
  switch (operation) {
    case Operation::start:
      return "start " + domain.str();
    case Operation::attach:
      return "attach " + to_string(address) + " to " + domain.str();
    case Operation::detach:
      return "detach " + alias + " from " + domain.str();
  }
  return {};
}

}  // namespace

SimHypervisor::SimHypervisor(Workstation& workstation)
    : workstation_(workstation),
      mail_(workstation.clock()),
      agenda_(workstation.clock()),
      self_(std::make_shared<SimHypervisor*>(this)) {}

void SimHypervisor::observe(std::function<void(const HypervisorStatus&)> changed) {
  changed_ = std::move(changed);
  machines_ = workstation_.machines().listen([this] { on_machines_change(); });
  daemon_ = workstation_.libvirtd().listen([this] { on_daemon_change(); });
  on_daemon_change();
}

void SimHypervisor::start(const DomainName& domain, ports::Duration deadline,
                          std::function<void(const std::string&)> progress, ports::Done done) {
  accept({Operation::start, domain, {}, {}, std::move(progress), std::move(done)}, deadline);
}

void SimHypervisor::attach_usb(const DomainName& domain, const UsbAddress& address,
                               const std::string& alias, ports::Duration deadline,
                               ports::Done done) {
  accept({Operation::attach, domain, address, alias, {}, std::move(done)}, deadline);
}

void SimHypervisor::detach_usb(const DomainName& domain, const std::string& alias,
                               ports::Duration deadline, ports::Done done) {
  accept({Operation::detach, domain, {}, alias, {}, std::move(done)}, deadline);
}

void SimHypervisor::accept(Request request, ports::Duration deadline) {
  check_overlap(request);
  const RequestId id = ++last_;
  request.given_up_at = workstation_.clock().now() + deadline;
  request.deadline = agenda_.in(deadline, [this, id] { on_deadline(id); });
  requests_.emplace(id, std::move(request));
  agenda_.in({}, [this, id] { go_on(id); });
}

void SimHypervisor::go_on(RequestId id) {
  auto found = requests_.find(id);
  if (found == requests_.end() || found->second.given || !connected_) return;
  if (auto result = look(found->second)) {
    settle(id, *result);
  } else {
    give_to_libvirt(id, found->second);
  }
}

void SimHypervisor::give_to_libvirt(RequestId id, Request& request) {
  request.given = true;
  const std::weak_ptr<SimHypervisor*> self = self_;
  auto reply = [self, id](const Expected<void>& result) {
    if (auto alive = self.lock()) (*alive)->on_reply(id, result);
  };
  auto progress = [self, id](const std::string& text) {
    auto alive = self.lock();
    if (!alive) return;
    auto found = (*alive)->requests_.find(id);
    if (found != (*alive)->requests_.end()) found->second.progress(text);
  };
  Libvirtd& libvirtd = workstation_.libvirtd();
  switch (request.operation) {
    case Operation::start:
      return libvirtd.start(request.domain, progress, reply);
    case Operation::attach:
      return libvirtd.attach(request.domain, request.address, request.alias, reply);
    case Operation::detach:
      return libvirtd.detach(request.domain, request.alias, reply);
  }
}

void SimHypervisor::on_reply(RequestId id, const Expected<void>& reply) {
  auto found = requests_.find(id);
  if (found == requests_.end() || !found->second.given) return;
  if (auto seen = look(found->second)) return settle(id, *seen);
  const Request& request = found->second;
  // Done, by libvirt's word, yet it is not so: somebody undid it in between.
  const std::string reason = reply ? "it was undone at once" : reply.error().reason;
  settle(id, fail({context_of(request.operation, request.domain, request.address, request.alias),
                   request.domain.str(), reason, "virsh may tell more about the domain"}));
}

void SimHypervisor::on_deadline(RequestId id) {
  const Request& request = requests_.at(id);
  settle(id,
         fail({context_of(request.operation, request.domain, request.address, request.alias),
               request.domain.str(), connected_ ? "no answer in time" : "libvirt is not reachable",
               connected_ ? "see whether the guest still responds"
                          : "see systemctl status libvirtd"}));
}

void SimHypervisor::settle(RequestId id, Expected<void> result) {
  auto request = requests_.extract(id);
  agenda_.cancel(request.mapped().deadline);
  mail_.deliver(
      workstation_.pace().draw(workstation_.pace().timing().event),
      [done = std::move(request.mapped().done), result = std::move(result)] { done(result); });
}

std::optional<Expected<void>> SimHypervisor::look(const Request& request) const {
  const Machines& machines = workstation_.machines();
  const std::string context =
      context_of(request.operation, request.domain, request.address, request.alias);
  const Domain* domain = machines.find(request.domain);
  const bool running = domain != nullptr && domain->state == DomainState::running;
  auto refuse = [&](const std::string& reason, const std::string& hint) -> Expected<void> {
    return fail({context, request.domain.str(), reason, hint});
  };
  if (domain == nullptr) {
    if (request.operation == Operation::detach) return Expected<void>();
    return refuse("libvirt knows no such domain", "virsh list --all shows the names");
  }
  switch (request.operation) {
    case Operation::start:
      if (running) return Expected<void>();
      if (domain->state == DomainState::paused) {
        return refuse("the guest is paused", "resume it: virsh resume " + request.domain.str());
      }
      if (machines.is_active(request.domain)) {
        return refuse("the guest is shutting down", "try again when it is off");
      }
      return std::nullopt;
    case Operation::attach:
      if (!machines.is_active(request.domain)) {
        return refuse(request.domain.str() + " is not running", "start the guest first");
      }
      if (machines.holds(request.domain, request.address)) return Expected<void>();
      return std::nullopt;
    case Operation::detach:
      if (!machines.has_alias(request.domain, request.alias)) return Expected<void>();
      return std::nullopt;
  }
  return std::nullopt;
}

void SimHypervisor::check_overlap(const Request& request) {
  for (const auto& [id, other] : requests_) {
    if (other.given_up_at <= workstation_.clock().now()) continue;
    const bool same_device =
        other.operation == Operation::attach && other.address == request.address;
    if (request.operation == Operation::attach && same_device) {
      workstation_.violation("attach " + to_string(request.address) + " to " +
                             request.domain.str() + " while it is being attached to " +
                             other.domain.str());
    }
  }
}

void SimHypervisor::on_daemon_change() {
  if (workstation_.libvirtd().is_up()) {
    agenda_.in(workstation_.pace().draw(workstation_.pace().timing().connect),
               [this] { connect(); });
    return;
  }
  connected_ = false;
  for (auto& [id, request] : requests_) request.given = false;
  report();
}

void SimHypervisor::on_machines_change() {
  report();
  if (!connected_) return;
  // A guest that has ended answers nothing any more: what waits for it ends here.
  std::vector<RequestId> ended;
  for (const auto& [id, request] : requests_) {
    const bool on_running = request.operation != Operation::start;
    if (on_running && !workstation_.machines().is_active(request.domain)) ended.push_back(id);
  }
  for (RequestId id : ended) settle(id, *look(requests_.at(id)));
}

void SimHypervisor::connect() {
  if (connected_ || !workstation_.libvirtd().is_up()) return;
  connected_ = true;
  report();
  std::vector<RequestId> waiting;
  for (const auto& [id, request] : requests_) waiting.push_back(id);
  for (RequestId id : waiting) go_on(id);
}

void SimHypervisor::report() {
  HypervisorStatus status = reported_;  // while it is away, what was known last
  status.connected = connected_;
  status.problem = connected_ ? "" : "libvirt is not reachable";
  if (connected_) status.domains = workstation_.machines().all();
  if (reported_once_ && status == reported_) return;
  reported_once_ = true;
  reported_ = status;
  mail_.deliver(workstation_.pace().draw(workstation_.pace().timing().event),
                [this, status = std::move(status)] { changed_(status); });
}

}  // namespace hotseat::sim
