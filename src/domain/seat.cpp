#include "domain/seat.h"

#include <algorithm>

namespace hotseat {

namespace {
template <typename Items, typename Predicate>
auto find_or_null(const Items& items, Predicate wanted) -> const typename Items::value_type* {
  auto found = std::find_if(items.begin(), items.end(), wanted);
  return found == items.end() ? nullptr : &*found;
}
}  // namespace

bool is_reserved_name(const std::string& name) {
  return name == kHost.str() || name == "guest" || name == "self";
}

const GuestSpec* Seat::guest(const TargetName& name) const {
  return find_or_null(guests, [&](const GuestSpec& guest) { return guest.name == name; });
}

const GuestSpec* Seat::guest_by_domain(const DomainName& name) const {
  return find_or_null(guests, [&](const GuestSpec& guest) { return guest.domain == name; });
}

const DeviceSpec* Seat::device(const DeviceName& name) const {
  return find_or_null(devices, [&](const DeviceSpec& device) { return device.name == name; });
}

const MonitorSpec* Seat::monitor(const MonitorName& name) const {
  return find_or_null(monitors, [&](const MonitorSpec& monitor) { return monitor.name == name; });
}

const TargetSpec* Seat::target(const TargetName& name) const {
  if (name == kHost) return &host;
  return guest(name);
}

}  // namespace hotseat
