#include "adapters/libvirt/calls.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "adapters/libvirt/domain_state.h"
#include "adapters/libvirt/request.h"
#include "domain_xml/definition.h"
#include "domain_xml/hostdev.h"

namespace hotseat::adapters::libvirt {
namespace {

std::string uuid_of(virDomainPtr domain) {
  std::array<char, VIR_UUID_STRING_BUFLEN> uuid{};
  return virDomainGetUUIDString(domain, uuid.data()) == 0 ? uuid.data() : "";
}

Expected<DomainState> state_of(virDomainPtr domain) {
  int state = 0;
  if (virDomainGetState(domain, &state, nullptr, 0) < 0) {
    return fail(last_error("read its state", object_of(DomainName{virDomainGetName(domain)})));
  }
  return domain_state(state);
}

// Of the live description while the domain is active, else of the persistent one.
Expected<domain_xml::Definition> definition_of(virDomainPtr domain) {
  const std::unique_ptr<char, decltype(&std::free)> xml(virDomainGetXMLDesc(domain, 0), &std::free);
  if (!xml) {
    return fail(last_error("read its devices", object_of(DomainName{virDomainGetName(domain)})));
  }
  return domain_xml::read_definition(xml.get());
}

Expected<DomainSnapshot> snapshot_of(virDomainPtr domain) {
  const auto state = state_of(domain);
  if (!state) return fail(state.error());
  auto definition = definition_of(domain);
  if (!definition) return fail(definition.error());
  DomainSnapshot snapshot;
  snapshot.uuid = uuid_of(domain);
  snapshot.name = DomainName{virDomainGetName(domain)};
  snapshot.state = *state;
  snapshot.inputs = std::move(definition->inputs);
  snapshot.hotkey = std::move(definition->hotkey);
  if (!is_active(*state)) return snapshot;
  snapshot.id = static_cast<int>(virDomainGetID(domain));
  snapshot.usb = std::move(definition->usb);
  return snapshot;
}

DomainPtr look_up(const Connection& connection, const DomainName& name) {
  return DomainPtr(virDomainLookupByName(connection.raw(), name.str().c_str()));
}

bool last_error_is(int code) {
  return virGetLastErrorCode() == code;
}

// Makes a call on the domain of this name. `domain` is nullptr afterwards when there is none.
template <typename Call>
int call_on(const Connection& connection, const DomainName& name, DomainPtr& domain, Call call) {
  for (bool again = false;; again = true) {
    domain.reset();  // before looking up: freeing a domain resets the last error
    domain = connection.domains().look_up(connection.raw(), name.str());
    if (!domain) return -1;
    const int result = call(domain.get());
    // The one that was known is gone; there may be a new one of this name.
    if (result == 0 || again || !last_error_is(VIR_ERR_NO_DOMAIN)) return result;
    connection.domains().clear();
  }
}

Answer failed(Error error, std::string uuid = {}) {
  return {Verdict::failed, std::move(error), std::move(uuid), std::nullopt};
}

Answer not_found(const std::string& context, const DomainName& name) {
  const bool unknown = last_error_is(VIR_ERR_NO_DOMAIN);
  return failed(
      last_error(context, object_of(name), unknown ? "virsh list --all shows the names" : ""));
}

// What a refused start means: somebody else may have been faster.
Answer after_refused_start(virDomainPtr domain, Error error) {
  auto now = snapshot_of(domain);
  Answer answer = failed(std::move(error), uuid_of(domain));
  if (!now) return answer;
  if (now->state == DomainState::running) answer.verdict = Verdict::done;
  answer.now = std::move(*now);
  return answer;
}

// Why a domain cannot be started as it is; an empty reason: it can.
Error obstacle(const DomainName& name, DomainState state) {
  if (state == DomainState::paused) {
    return {start_context(name), object_of(name), "it is paused",
            "resume it: virsh resume '" + name.str() + "'"};
  }
  if (state == DomainState::stopping) {
    return {start_context(name), object_of(name), "it is shutting down",
            "try again when it is off"};
  }
  if (state == DomainState::crashed) {
    return {start_context(name), object_of(name), "it has crashed and is kept as it is",
            "end it first: virsh destroy '" + name.str() + "'"};
  }
  return {};
}

Answer running_or_not(virDomainPtr domain, const DomainName& name) {
  auto now = snapshot_of(domain);
  if (!now) return failed(now.error(), uuid_of(domain));
  Answer answer{Verdict::done, {}, now->uuid, std::nullopt};
  if (now->state != DomainState::running) {
    answer.verdict = Verdict::failed;
    answer.error = {start_context(name), object_of(name),
                    std::string("it was started, but is ") + to_string(now->state),
                    "its log is under /var/log/libvirt/qemu"};
  }
  answer.now = std::move(*now);
  return answer;
}

std::string attach_hint(const std::string& reason) {
  if (reason.find("in use by") != std::string::npos) return "another guest holds the device";
  return "is the device still plugged in? See: lsusb";
}

// Looks whether what was wanted is there all the same: the one moment it pays to read the
// description.
Answer after_refused_attach(virDomainPtr domain, const DomainName& name, const UsbAddress& address,
                            Error error) {
  auto now = snapshot_of(domain);
  Answer answer = failed(std::move(error), uuid_of(domain));
  if (!now) return answer;
  if (!is_active(now->state)) {
    answer.error = domain_stopped({Request::Kind::attach, name, address, {}});
  } else if (find_address(now->usb, address) != nullptr) {
    answer.verdict = Verdict::done;
  }
  answer.now = std::move(*now);
  return answer;
}

// An event will tell the end although the removal was refused. libvirt has no codes for either:
// - the device is leaving since an earlier call (qdev-monitor.c);
// - QEMU is dying, which breaks its monitor before libvirt knows ("Unable to write to monitor",
//   "End of file from qemu monitor", …: qemu_monitor.c).
bool event_follows(const Error& refusal) {
  return refusal.reason.find("already in the process of unplug") != std::string::npos ||
         refusal.reason.find(" monitor") != std::string::npos;
}

Answer after_refused_detach(virDomainPtr domain, const std::string& alias, Error error) {
  const bool will_be_told = event_follows(error);
  auto now = snapshot_of(domain);
  Answer answer = failed(std::move(error), uuid_of(domain));
  if (!now) return answer;
  if (!is_active(now->state) || find_alias(now->usb, alias) == nullptr) {
    answer.verdict = Verdict::done;
  } else if (will_be_told) {
    answer.verdict = Verdict::pending;
  }
  answer.now = std::move(*now);
  return answer;
}

}  // namespace

Expected<std::vector<DomainSnapshot>> read_all(const Connection& connection) {
  virDomainPtr* list = nullptr;
  const int count = virConnectListAllDomains(connection.raw(), &list, 0);
  if (count < 0) return fail(last_error("list the domains", ""));
  std::vector<DomainPtr> domains;
  domains.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) domains.emplace_back(list[i]);
  std::free(static_cast<void*>(list));

  std::vector<DomainSnapshot> all;
  all.reserve(domains.size());
  for (const auto& domain : domains) {
    auto snapshot = snapshot_of(domain.get());
    // One that ended or went away between the two calls is told by its event.
    if (snapshot) all.push_back(std::move(*snapshot));
    if (!connection.alive()) return fail(snapshot.error());
  }
  return all;
}

Reading read_domain(const Connection& connection, const std::string& uuid) {
  const DomainPtr domain(virDomainLookupByUUIDString(connection.raw(), uuid.c_str()));
  if (!domain) return {!last_error_is(VIR_ERR_NO_DOMAIN), std::nullopt};
  auto snapshot = snapshot_of(domain.get());
  if (!snapshot) return {true, std::nullopt};
  return {false, std::move(*snapshot)};
}

Answer start_domain(const Connection& connection, const DomainName& name,
                    const Progress& progress) {
  const auto domain = look_up(connection, name);
  if (!domain) return not_found(start_context(name), name);
  const auto state = state_of(domain.get());
  if (!state) return failed(state.error(), uuid_of(domain.get()));
  if (*state == DomainState::running) return running_or_not(domain.get(), name);
  if (auto problem = obstacle(name, *state); !problem.reason.empty()) {
    return failed(std::move(problem), uuid_of(domain.get()));
  }
  progress("starting " + name.str());
  if (virDomainCreate(domain.get()) < 0) {
    return after_refused_start(domain.get(), last_error(start_context(name), object_of(name),
                                                        "its log is under /var/log/libvirt/qemu"));
  }
  progress("waiting until " + name.str() + " runs");
  return running_or_not(domain.get(), name);
}

Answer attach(const Connection& connection, const DomainName& name, const UsbAddress& address,
              const std::string& alias) {
  const auto context = attach_context(name, address);
  const auto xml = domain_xml::hostdev_xml(address, alias);
  DomainPtr domain;
  const int result = call_on(connection, name, domain, [&](virDomainPtr known) {
    return virDomainAttachDeviceFlags(known, xml.c_str(), VIR_DOMAIN_AFFECT_LIVE);
  });
  if (!domain) return not_found(context, name);
  if (result == 0) return {Verdict::done, {}, uuid_of(domain.get()), std::nullopt};
  auto error = last_error(context, object_of(name));
  error.hint = attach_hint(error.reason);
  return after_refused_attach(domain.get(), name, address, std::move(error));
}

Answer detach(const Connection& connection, const DomainName& name, const std::string& alias) {
  const auto context = detach_context(name, alias);
  DomainPtr domain;
  // Returns at once; DEVICE_REMOVED tells the end (virDomainDetachDeviceAlias, libvirt-domain.c).
  const int result = call_on(connection, name, domain, [&](virDomainPtr known) {
    return virDomainDetachDeviceAlias(known, alias.c_str(), VIR_DOMAIN_AFFECT_LIVE);
  });
  if (!domain) {
    // A transient domain is forgotten when it ends, and its devices are the host's.
    if (last_error_is(VIR_ERR_NO_DOMAIN)) return {};
    return not_found(context, name);
  }
  if (result == 0) {
    return {Verdict::pending, {}, uuid_of(domain.get()), std::nullopt};
  }
  if (last_error_is(VIR_ERR_DEVICE_MISSING)) {
    return {Verdict::done, {}, uuid_of(domain.get()), std::nullopt};
  }
  return after_refused_detach(domain.get(), alias, last_error(context, object_of(name)));
}

}  // namespace hotseat::adapters::libvirt
