#include "service/vfio_kvm.h"

#include <algorithm>
#include <utility>

#include "service/dbus_messages.h"
#include "service/deferred.h"
#include "service/documents.h"
#include "service/guest_notice.h"
#include "service/vfio_kvm_vtable.h"

namespace hotseat::service {

namespace {

constexpr const char* kHostDevice = "host device";  // what vfio-kvm calls the host
constexpr const char* kSwitchError = "vfio.kvm.Error.Switch";
constexpr const char* kDoor = "vfio.kvm";  // in the problems of the status

std::string name_of(const TargetName& target, const Seat& seat) {
  const GuestSpec* guest = seat.guest(target);
  return guest == nullptr ? kHostDevice : guest->domain.str();
}

}  // namespace

VfioKvm::VfioKvm(sd_event* event, ports::Clock& clock, app::Service& app, StatusListener& listener,
                 ports::Reports& log, BusKind kind)
    : event_(event),
      clock_(clock),
      app_(app),
      listener_(listener),
      log_(log),
      kind_(kind),
      announced_(target()),
      look_(deferred(
          event,
          [](sd_event_source*, void* self) {
            static_cast<VfioKvm*>(self)->follow_config();
            static_cast<VfioKvm*>(self)->announce();
            return 0;
          },
          this)),
      access_log_(clock, log),
      authority_(app, access_log_) {
  listener_.listen([this] { sd_event_source_set_enabled(look_.get(), SD_EVENT_ONESHOT); });
  follow_config();
}

VfioKvm::~VfioKvm() {
  listener_.listen(nullptr);
}

void VfioKvm::follow_config() {
  const Compat wanted = app_.seat().compat;
  if (wanted == followed_) return;
  followed_ = wanted;
  if (link_) app_.door_problem(kDoor, "");
  link_.reset();
  if (!wanted.vfio_kvm) return;
  link_.emplace(
      event_, clock_, kind_, wanted.vfio_kvm_bus_name,
      BusLink::Hooks{[this](sd_bus* bus) { return attach(bus); }, [this] { detach(); },
                     [this](const std::string& text) { log_.notice(text); },
                     [this](const std::string& problem) { app_.door_problem(kDoor, problem); }});
}

int VfioKvm::attach(sd_bus* bus) {
  const char* path = followed_.vfio_kvm_object_path.c_str();
  sd_bus_slot* slot = nullptr;
  int result = sd_bus_add_object(bus, &slot, path, &VfioKvmVtable::on_call, this);
  if (result < 0) return result;
  writing_.reset(slot);
  result =
      sd_bus_add_object_vtable(bus, &slot, path, kVfioKvmInterface, VfioKvmVtable::entries(), this);
  if (result < 0) return result;
  object_.reset(slot);
  return 0;
}

void VfioKvm::detach() {
  authority_.forget();
  calls_.clear();
  object_.reset();
  writing_.reset();
}

std::string VfioKvm::target() const {
  return name_of(app_.world().owner, app_.seat());
}

void VfioKvm::announce() {
  const std::string before = std::exchange(announced_, target());
  sd_bus* bus = link_ ? link_->connection() : nullptr;
  if (before == announced_ || bus == nullptr) return;
  // With its value: scripts look for it in the signal's text.
  sd_bus_emit_properties_changed(bus, followed_.vfio_kvm_object_path.c_str(), kVfioKvmInterface,
                                 "Target", nullptr);
}

void VfioKvm::request(const Caller& who, BusMessage call, const Wish& wish,
                      std::function<void(sd_bus_message*, const SwitchReport&)> moved) {
  sd_bus_message* raw = call.get();
  const SharedCall shared(std::move(call));
  const auto answer = [shared, moved = std::move(moved)](const SwitchReport& report) {
    if (!has_moved(report)) return reply_error(shared.get(), kSwitchError, reason_of(report));
    moved(shared.get(), report);
  };
  authority_.decide(raw, who.requester, wish, [=, this](const Decision& decision) {
    service::request(app_, who, wish, wish.target.str(), decision, answer);
  });
}

int VfioKvm::toggle(sd_bus_message* call) {
  return calls_.identify_and(call, [this](const Caller& who, BusMessage named) {
    request(who, std::move(named), {Verb::next, {}},
            [this](sd_bus_message* toggled, const SwitchReport& report) {
              const std::string name = name_of(report.owner, app_.seat());
              sd_bus_reply_method_return(toggled, "s", utf8(name).c_str());
            });
  });
}

int VfioKvm::write_target(sd_bus_message* call, const std::string& name) {
  return calls_.identify_and(call, [this, name](const Caller& who, BusMessage named) {
    const bool to_host = name == kHostDevice;
    const GuestSpec* guest = to_host ? nullptr : app_.seat().guest_by_domain(DomainName{name});
    if (guest == nullptr && !to_host) {
      return reply_error(named.get(), SD_BUS_ERROR_INVALID_ARGS,
                         "there is no target \"" + name + "\"");
    }
    const Wish wish{Verb::switch_to, guest == nullptr ? kHost : guest->name};
    request(who, std::move(named), wish, [](sd_bus_message* written, const SwitchReport&) {
      sd_bus_reply_method_return(written, nullptr);
    });
  });
}

int VfioKvm::prepare(sd_bus_message* call) {
  const char *vm = nullptr, *sub_operation = nullptr, *extra = nullptr, *xml = nullptr;
  const int result = sd_bus_message_read(call, "ssss", &vm, &sub_operation, &extra, &xml);
  if (result < 0) return result;
  return for_guest(call, vm, [this, vm = std::string(vm), xml = std::string(xml)](auto& allowed) {
    const auto notice = read_notice(vm, xml);
    if (!notice) {
      log_.notice(to_string(notice.error()));
      sd_bus_reply_method_return(allowed.get(), "b", 0);
      return;
    }
    app_.prepare_guest(*notice, [allowed](const Expected<void>& verdict) {
      sd_bus_reply_method_return(allowed.get(), "b", verdict ? 1 : 0);
    });
  });
}

int VfioKvm::release(sd_bus_message* call) {
  const char* vm = nullptr;
  const int result = sd_bus_message_read(call, "s", &vm);
  if (result < 0) return result;
  return for_guest(call, vm, [this, domain = DomainName{vm}](const SharedCall& allowed) {
    app_.guest_ended(domain, "vfio.kvm");
    sd_bus_reply_method_return(allowed.get(), "b", 1);
  });
}

// libvirt's hook is root's.
int VfioKvm::for_guest(sd_bus_message* call, const std::string& domain,
                       std::function<void(const SharedCall&)> then) {
  return calls_.identify_and(
      call, [this, domain, then = std::move(then)](const Caller& who, BusMessage named) {
        const GuestSpec* guest = app_.seat().guest_by_domain(DomainName{domain});
        const Wish wish{Verb::announce, guest == nullptr ? TargetName{domain} : guest->name};
        sd_bus_message* raw = named.get();
        const SharedCall shared(std::move(named));
        authority_.decide(raw, who.requester, wish, [shared, then](const Decision& decision) {
          if (decision.allowed) return then(shared);
          sd_bus_reply_method_return(shared.get(), "b", 0);
        });
      });
}

}  // namespace hotseat::service
