#include "domain/world.h"

#include <algorithm>

namespace hotseat {

std::string alias_of(const DeviceName& name) {
  return kAliasPrefix + name.str();
}

const Domain* HypervisorStatus::domain(const DomainName& name) const {
  auto found = std::find_if(domains.begin(), domains.end(),
                            [&](const Domain& domain) { return domain.name == name; });
  return found == domains.end() ? nullptr : &*found;
}

const MonitorStatus* World::monitor(const MonitorName& name) const {
  auto found = std::find_if(monitors.begin(), monitors.end(),
                            [&](const MonitorStatus& monitor) { return monitor.name == name; });
  return found == monitors.end() ? nullptr : &*found;
}

const UsbDevice* World::device_at(const UsbAddress& address) const {
  auto found = std::find_if(usb.begin(), usb.end(),
                            [&](const UsbDevice& device) { return device.address == address; });
  return found == usb.end() ? nullptr : &*found;
}

namespace {
const Domain* lister_of(const World& world, const UsbAddress& address) {
  for (const Domain& domain : world.hypervisor.domains) {
    for (const UsbAttachment& attachment : domain.usb) {
      if (attachment.address == address) return &domain;
    }
  }
  return nullptr;
}
}  // namespace

const std::vector<EvdevInput>* World::inputs_of(const DomainName& domain) const {
  if (const auto told = announced.find(domain); told != announced.end()) return &told->second;
  const Domain* known = hypervisor.domain(domain);
  return known == nullptr ? nullptr : &known->inputs;
}

bool World::is_listed(const UsbAddress& address) const {
  return lister_of(*this, address) != nullptr;
}

const Domain* World::holder_of(const UsbAddress& address) const {
  const UsbDevice* device = device_at(address);
  if (device != nullptr && device->driver == UsbDriver::host) return nullptr;
  return lister_of(*this, address);
}

bool is_alive(const World& world, const Seat& seat, const TargetName& target) {
  if (target == kHost) return true;
  const GuestSpec* guest = seat.guest(target);
  if (guest == nullptr) return false;
  const Domain* domain = world.hypervisor.domain(guest->domain);
  return domain != nullptr && domain->state == DomainState::running;
}

const char* to_string(DomainState state) {
  switch (state) {
    case DomainState::shutoff:
      return "shutoff";
    case DomainState::running:
      return "running";
    case DomainState::paused:
      return "paused";
    case DomainState::stopping:
      return "stopping";
    case DomainState::crashed:
      return "crashed";
  }
  return "unknown";
}

const char* to_string(InputCertainty certainty) {
  switch (certainty) {
    case InputCertainty::unknown:
      return "unknown";
    case InputCertainty::requested:
      return "requested";
    case InputCertainty::verified:
      return "verified";
  }
  return "unknown";
}

}  // namespace hotseat
