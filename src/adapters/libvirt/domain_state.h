// libvirt's words for what a domain does, in ours.
#pragma once

#include <optional>
#include <string>

#include "base/name.h"
#include "domain/world.h"

namespace hotseat::adapters::libvirt {

// A virDomainState.
DomainState domain_state(int state);
// Has a QEMU process: its devices can be changed live.
bool is_active(DomainState state);

struct DomainEvent {
  enum class Kind {
    changed,  // defined, undefined, renamed, its metadata edited: look again
    started,
    suspended,  // by a person, an I/O error or suspend to RAM
    resumed,
    shutting_down,
    crashed,  // and kept as it is (on_crash=preserve)
    stopped,
    device_added,
    device_removed,
    removal_failed,
  };
  Kind kind = Kind::changed;
  DomainName name;
  std::string uuid;
  std::string alias;  // of the device

  bool operator==(const DomainEvent&) const = default;
};

// A virDomainEventType; nothing for one that says nothing new.
std::optional<DomainEvent::Kind> lifecycle_kind(int event);

}  // namespace hotseat::adapters::libvirt
