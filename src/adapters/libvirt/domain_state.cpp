#include "adapters/libvirt/domain_state.h"

#include <libvirt/libvirt.h>

namespace hotseat::adapters::libvirt {

DomainState domain_state(int state) {
  switch (state) {
    case VIR_DOMAIN_PAUSED:
    case VIR_DOMAIN_PMSUSPENDED:
      return DomainState::paused;
    case VIR_DOMAIN_SHUTDOWN:
      return DomainState::stopping;
    case VIR_DOMAIN_SHUTOFF:
      return DomainState::shutoff;
    case VIR_DOMAIN_CRASHED:
      return DomainState::crashed;
    default:  // running, blocked on a resource, "no state" of hypervisors that cannot tell
      return DomainState::running;
  }
}

// A domain that is "crashed" is one that on_crash=preserve keeps: its QEMU still holds its devices.
bool is_active(DomainState state) {
  return state != DomainState::shutoff;
}

std::optional<DomainEvent::Kind> lifecycle_kind(int event) {
  using Kind = DomainEvent::Kind;
  switch (event) {
    case VIR_DOMAIN_EVENT_DEFINED:
    case VIR_DOMAIN_EVENT_UNDEFINED:
      return Kind::changed;
    case VIR_DOMAIN_EVENT_STARTED:
      return Kind::started;
    case VIR_DOMAIN_EVENT_SUSPENDED:
    case VIR_DOMAIN_EVENT_PMSUSPENDED:
      return Kind::suspended;
    case VIR_DOMAIN_EVENT_RESUMED:
      return Kind::resumed;
    case VIR_DOMAIN_EVENT_STOPPED:
      return Kind::stopped;
    case VIR_DOMAIN_EVENT_SHUTDOWN:
      return Kind::shutting_down;
    case VIR_DOMAIN_EVENT_CRASHED:
      return Kind::crashed;
    default:
      return std::nullopt;
  }
}

}  // namespace hotseat::adapters::libvirt
