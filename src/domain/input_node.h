// Input devices as the host's evdev nodes, and which of them a [[device]] means.
#pragma once

#include <string>
#include <vector>

#include "domain/device_match.h"

namespace hotseat {

// A node that hotseat did not make: what a person can touch, as a rule.
struct InputNode {
  std::string node;                // "/dev/input/event5": new after every replug
  std::string name;                // EVIOCGNAME
  std::string phys;                // EVIOCGPHYS: "usb-0000:00:14.0-3/input1"; may be empty
  std::string address;             // EVIOCGUNIQ: of a Bluetooth device, else empty as a rule
  UsbId id;                        // of its bus, whichever that is (input_id: vendor, product)
  std::string serial;              // of the USB device it is part of
  std::string port;                // of the USB device it is part of, "1-3.2"; else empty
  std::vector<std::string> by_id;  // its names under /dev/input/by-id
  bool operator==(const InputNode&) const = default;
};

bool matches(const DeviceMatch& match, const InputNode& node);

// What was plugged in as one piece has this in common: the USB port, the Bluetooth address, or
// failing both where it is attached.
std::string piece_of(const InputNode& node);

}  // namespace hotseat
