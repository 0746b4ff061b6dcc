#include "adapters/libvirt/request.h"

#include <utility>

#include "adapters/libvirt/domain_state.h"

namespace hotseat::adapters::libvirt {
namespace {

Error error_of(const Request& request, std::string reason, std::string hint) {
  return {context_of(request), object_of(request.domain), std::move(reason), std::move(hint)};
}

Standing standing_of_attach(const Request& request, const Domain* domain) {
  if (domain == nullptr) return Standing::to_do;
  if (find_address(domain->usb, request.address) != nullptr) return Standing::done;
  if (find_alias(domain->usb, request.alias) != nullptr) return Standing::impossible;
  return Standing::to_do;
}

}  // namespace

Standing standing(const Request& request, const DomainTable& table, bool fresh) {
  const auto* domain = table.find(request.domain);
  bool done = false;
  switch (request.kind) {
    case Request::Kind::attach:
      return standing_of_attach(request, domain);
    case Request::Kind::start:
      done = domain != nullptr && domain->state == DomainState::running;
      break;
    case Request::Kind::detach:
      done = domain == nullptr || find_alias(domain->usb, request.alias) == nullptr;
      break;
  }
  return fresh && done ? Standing::done : Standing::to_do;
}

std::optional<Expected<void>> outcome(const Request& request, const DomainEvent& event) {
  const bool stopped = event.kind == DomainEvent::Kind::stopped;
  if (request.kind == Request::Kind::attach && stopped) return fail(domain_stopped(request));
  if (request.kind != Request::Kind::detach) return std::nullopt;
  if (stopped) return Expected<void>{};
  if (event.alias != request.alias) return std::nullopt;
  if (event.kind == DomainEvent::Kind::device_removed) return Expected<void>{};
  if (event.kind == DomainEvent::Kind::removal_failed) return fail(removal_refused(request));
  return std::nullopt;
}

void record(const Request& request, const Answer& answer, DomainTable& table) {
  if (answer.uuid.empty()) return;
  switch (request.kind) {
    case Request::Kind::start:
      table.started(answer.uuid, request.domain);
      break;
    case Request::Kind::attach:
      // Held under another alias already is done as well, and known by now.
      if (!answer.now) table.attached(answer.uuid, {request.alias, request.address});
      break;
    case Request::Kind::detach:
      table.detached(answer.uuid, request.alias);
      break;
  }
}

std::string context_of(const Request& request) {
  switch (request.kind) {
    case Request::Kind::start:
      return start_context(request.domain);
    case Request::Kind::attach:
      return attach_context(request.domain, request.address);
    case Request::Kind::detach:
      break;
  }
  return detach_context(request.domain, request.alias);
}

std::string start_context(const DomainName& name) {
  return "start " + name.str();
}

std::string attach_context(const DomainName& name, const UsbAddress& address) {
  return "attach " + to_string(address) + " to " + name.str();
}

std::string detach_context(const DomainName& name, const std::string& alias) {
  return "detach " + alias + " from " + name.str();
}

std::string object_of(const DomainName& name) {
  return "domain " + name.str();
}

Error alias_taken(const Request& request) {
  return error_of(
      request, request.alias + " still names another device of this domain",
      "detach it first: virsh detach-device-alias '" + request.domain.str() + "' " + request.alias);
}

Error domain_stopped(const Request& request) {
  return error_of(request, request.domain.str() + " stopped", "start it first");
}

Error removal_refused(const Request& request) {
  return error_of(request, "the guest did not let the device go",
                  "close what uses it in the guest and try again");
}

Error out_of_time(const Request& request) {
  return error_of(request, "no answer from libvirt within the time allowed",
                  "is libvirtd well? See: systemctl status libvirtd");
}

Error not_connected(const Request& request, const std::string& problem) {
  return error_of(request, "libvirt is not reachable: " + problem,
                  "is libvirtd running? See: systemctl status libvirtd");
}

}  // namespace hotseat::adapters::libvirt
