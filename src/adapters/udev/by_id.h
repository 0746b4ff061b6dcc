// Names under /dev/input/by-id, and which USB port something in sysfs hangs on.
#pragma once

#include <systemd/sd-device.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/udev/usb_tree.h"

namespace hotseat::adapters {

// The file name, when this link is one under /dev/input/by-id.
std::optional<std::string> by_id_name(std::string_view devlink);

// The names of the links that udev has made there for this device.
std::vector<std::string> by_id_names(sd_device* device);

// The names udev would give the device if the host had it, for one that a guest has had since
// before we looked: its input nodes are gone then. `serial_id` is ID_SERIAL of the device in udev's
// database. Some may never exist: what a HID interface is (a keyboard, a mouse) shows only for the
// boot protocols, and for the others each possibility is named.
std::vector<std::string> likely_by_id_names(const UsbNode& node, const std::string& serial_id);

// "1-3.2" in "/devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3.2/1-3.2:1.0/input/input7/event7".
// Empty when there is none.
std::string port_in(std::string_view devpath);

}  // namespace hotseat::adapters
