#include "sim/demo.h"

#include <string>

namespace hotseat::sim {

namespace {

// MCCS 2.2a, VCP 0x60.
constexpr std::uint8_t kDisplayPort1 = 0x0f;
constexpr std::uint8_t kDisplayPort2 = 0x10;
constexpr std::uint8_t kHdmi1 = 0x11;
constexpr std::uint8_t kHdmi2 = 0x12;

UsbDevice device(UsbId id, std::string serial, std::string port, std::string by_id) {
  UsbDevice made;
  made.id = id;
  made.serial = std::move(serial);
  made.port = std::move(port);
  made.by_id = {std::move(by_id)};
  return made;
}

DeviceSpec device_spec(const std::string& name, UsbId id, bool optional) {
  DeviceSpec spec;
  spec.name = DeviceName(name);
  spec.match.id = id;
  spec.optional = optional;
  return spec;
}

MonitorSpec monitor_spec(const std::string& name, const std::string& model) {
  MonitorSpec spec;
  spec.name = MonitorName(name);
  spec.match.model = model;
  spec.inputs = {{kHost, kDisplayPort1},
                 {TargetName("win11"), kHdmi1},
                 {TargetName("zorg"), kDisplayPort2},
                 {TargetName("debby"), kHdmi2}};
  return spec;
}

GuestSpec guest_spec(const std::string& name, StartPolicy start) {
  GuestSpec spec;
  spec.name = TargetName(name);
  spec.domain = DomainName(name);
  spec.start = start;
  return spec;
}

}  // namespace

void furnish_demo(Workstation& workstation) {
  UsbBus& usb = workstation.usb();
  usb.make("keyboard", device({0x046d, 0xc31c}, "A1", "1-1", "usb-Logitech_Keyboard-event-kbd"));
  usb.make("mouse", device({0x046d, 0xc077}, "", "1-2", "usb-Logitech_Mouse-event-mouse"));
  usb.make("twin-a", device({0x1d6b, 0x0104}, "TWIN-A", "1-3", "usb-Twin_TWIN-A-event-kbd"));
  usb.make("twin-b", device({0x1d6b, 0x0104}, "TWIN-B", "1-4", "usb-Twin_TWIN-B-event-kbd"));
  usb.make("gamepad", device({0x045e, 0x028e}, "", "1-5", "usb-Gamepad-event-joystick"));
  for (const char* label : {"keyboard", "mouse", "twin-a", "twin-b"}) usb.plug(label);

  Screens& screens = workstation.screens();
  screens.make("left", {"HOT", "HOT24", "SN0000001", "card0-DP-1", 3}, kDisplayPort1);
  screens.make("right", {"HOT", "HOT27", "SN0000002", "card0-DP-2", 4}, kDisplayPort1);

  Machines& machines = workstation.machines();
  machines.add(DomainName("win11"), DomainState::running);
  machines.add(DomainName("zorg"));
  machines.add(DomainName("debby"));
}

Seat demo_seat() {
  Seat seat;
  seat.libvirt_uri = "simulated";
  seat.devices = {device_spec("keyboard", {0x046d, 0xc31c}, false),
                  device_spec("mouse", {0x046d, 0xc077}, false),
                  device_spec("gamepad", {0x045e, 0x028e}, true)};
  seat.monitors = {monitor_spec("left", "HOT24"), monitor_spec("right", "HOT27")};
  seat.guests = {guest_spec("win11", StartPolicy::automatic),
                 guest_spec("zorg", StartPolicy::automatic),
                 guest_spec("debby", StartPolicy::never)};
  return seat;
}

}  // namespace hotseat::sim
