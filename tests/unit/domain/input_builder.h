// Evdev devices for the world and the seat of world_builder.h.
#pragma once

#include <string>
#include <vector>

#include "domain/input_setup.h"
#include "tests/unit/domain/world_builder.h"

namespace hotseat::testing {

// A node of a USB device: number 3 is /dev/input/event3, of interface 0 unless told otherwise.
inline InputNode node(int number, const std::string& name, const std::string& port,
                      int interface = 0) {
  InputNode made;
  made.node = "/dev/input/event" + std::to_string(number);
  made.name = name;
  made.phys = "usb-0000:00:14.0-" + port + "/input" + std::to_string(interface);
  made.port = port;
  return made;
}

inline DeviceSpec evdev_device(const std::string& name, const std::string& kernel_name,
                               bool optional = false) {
  DeviceSpec spec;
  spec.name = DeviceName{name};
  spec.match.name = kernel_name;
  spec.transport = Transport::evdev;
  spec.optional = optional;
  return spec;
}

inline EvdevInput reads(const std::string& file_name) {
  return {EvdevInput::Kind::virtio, "/dev/input/by-id/" + file_name, false, {}};
}

// A keyboard and a mouse that are forwarded, and a guest that reads both.
inline Seat make_evdev_seat() {
  Seat seat = make_seat();
  seat.monitors.clear();
  seat.devices = {evdev_device("keyboard", "Keys"), evdev_device("mouse", "Mouse")};
  return seat;
}

inline World make_evdev_world() {
  World world = make_world();
  world.usb.clear();
  world.inputs = {node(3, "Keys", "1-1"), node(4, "Mouse", "2-1")};
  domain_of(world, kWin11Domain).inputs = {reads("win11-keyboard"), reads("win11-mouse")};
  domain_of(world, kZorgDomain).inputs = {reads("zorg-keyboard"), reads("zorg-mouse")};
  return world;
}

}  // namespace hotseat::testing
