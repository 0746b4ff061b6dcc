// The daemon under the name of vfio-kvm, for those who have scripts for that: the interface
// vfio.kvm, at /vfio/kvm of the name vfio.kvm unless the configuration ([compat]) says otherwise.
//
// Methods   Toggle() → s target
//           Prepare(s vm, s sub_operation, s extra, s xml) → b, Release(…) → b: libvirt's hook
// Property  Target s, read and written, announced with its value: a domain's name, or "host
// device".
//
// Toggle and writing Target answer when the switch has ended; vfio.kvm.Error.Switch says why the
// seat is not where it should be. Who may is decided as at every door; Prepare and Release are
// answered with false to those who may not.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/service.h"
#include "ports/clock.h"
#include "ports/reports.h"
#include "service/authority.h"
#include "service/bus_link.h"
#include "service/identified_calls.h"
#include "service/sd_bus_handles.h"
#include "service/status_listener.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it. It has a connection of its own, and only while
// the configuration asks for it: who watches the signals of vfio.kvm must not see those of hotseat.
class VfioKvm {
 public:
  VfioKvm(sd_event* event, ports::Clock& clock, app::Service& app, StatusListener& listener,
          ports::Reports& log, BusKind kind);
  ~VfioKvm();
  VfioKvm(const VfioKvm&) = delete;
  VfioKvm& operator=(const VfioKvm&) = delete;

 private:
  friend struct VfioKvmVtable;
  // An answer may be copied, a message cannot.
  using SharedCall = std::shared_ptr<sd_bus_message>;

  void follow_config();
  void announce();
  int attach(sd_bus* bus);
  void detach();

  std::string target() const;
  void request(const Caller& who, BusMessage call, const Wish& wish,
               std::function<void(sd_bus_message*, const SwitchReport&)> moved);
  int toggle(sd_bus_message* call);
  int write_target(sd_bus_message* call, const std::string& name);
  int for_guest(sd_bus_message* call, const std::string& domain,
                std::function<void(const SharedCall&)> then);
  int prepare(sd_bus_message* call);
  int release(sd_bus_message* call);

  sd_event* event_;
  ports::Clock& clock_;
  app::Service& app_;
  StatusListener& listener_;
  ports::Reports& log_;
  BusKind kind_;
  Compat followed_;  // what the link was made for
  std::string announced_;
  EventSource look_;  // at the status; runs once per turn of the loop
  IdentifiedCalls calls_;
  AccessLog access_log_;
  Authority authority_;
  BusSlot object_;
  BusSlot writing_;
  std::optional<BusLink> link_;
};

}  // namespace hotseat::service
