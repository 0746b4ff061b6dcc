// A seat and a world to plan with: two devices, two monitors, two guests, all well. Tests bend it.
#pragma once

#include <string>

#include "domain/plan.h"
#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat::testing {

inline const TargetName kWin11{"win11"};
inline const TargetName kZorg{"zorg"};
inline const DomainName kWin11Domain{"win11"};
inline const DomainName kZorgDomain{"zorg"};
inline const UsbAddress kKeyboardAt{1, 2};
inline const UsbAddress kMouseAt{2, 2};

inline DeviceSpec device(const std::string& name, const std::string& id, bool optional = false) {
  DeviceSpec spec;
  spec.name = DeviceName{name};
  spec.match.id = parse_usb_id(id);
  spec.optional = optional;
  return spec;
}

inline MonitorSpec monitor(const std::string& name, std::uint8_t host, std::uint8_t guest) {
  MonitorSpec spec;
  spec.name = MonitorName{name};
  spec.match.model = name;
  spec.inputs = {{kHost, host}, {kWin11, guest}};
  return spec;
}

inline GuestSpec guest(const TargetName& name, StartPolicy start) {
  GuestSpec spec;
  spec.name = name;
  spec.domain = DomainName{name.str()};
  spec.start = start;
  return spec;
}

inline Seat make_seat() {
  Seat seat;
  seat.devices = {device("keyboard", "046d:c31c"), device("mouse", "046d:c08d")};
  seat.monitors = {monitor("left", 0x0f, 0x11), monitor("right", 0x0f, 0x11)};
  seat.guests = {guest(kWin11, StartPolicy::never), guest(kZorg, StartPolicy::automatic)};
  return seat;
}

inline UsbDevice usb(const UsbAddress& address, const std::string& id, const std::string& port,
                     UsbDriver driver = UsbDriver::host) {
  return {address, *parse_usb_id(id), "", port, {}, driver};
}

inline World make_world() {
  World world;
  world.usb = {usb(kKeyboardAt, "046d:c31c", "1-1"), usb(kMouseAt, "046d:c08d", "2-1")};
  world.hypervisor.connected = true;
  world.hypervisor.domains = {{kWin11Domain, "u1", DomainState::running, 1, {}},
                              {kZorgDomain, "u2", DomainState::shutoff, 0, {}}};
  return world;
}

inline Domain& domain_of(World& world, const DomainName& name) {
  for (Domain& domain : world.hypervisor.domains) {
    if (domain.name == name) return domain;
  }
  throw std::logic_error("no such domain in this world");
}

// As if it had been attached by us.
inline void give(World& world, const DomainName& domain, const std::string& device_name,
                 const UsbAddress& address) {
  domain_of(world, domain).usb.push_back({alias_of(DeviceName{device_name}), address});
  for (UsbDevice& device : world.usb) {
    if (device.address == address) device.driver = UsbDriver::usbfs;
  }
}

inline void give_all(World& world, const DomainName& domain) {
  give(world, domain, "keyboard", kKeyboardAt);
  give(world, domain, "mouse", kMouseAt);
}

inline std::vector<std::string> texts(const Plan& plan) {
  std::vector<std::string> all;
  for (const Step& step : plan.steps) all.push_back(describe(step.action));
  return all;
}

}  // namespace hotseat::testing
