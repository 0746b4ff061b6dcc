// What people hand to virsh attach-device: a file with a <hostdev> in it.
#pragma once

#include <optional>
#include <string_view>

#include "domain/device_match.h"

namespace hotseat::importers {

// The vendor and product of the first USB <hostdev>; nothing when there is none.
std::optional<UsbId> usb_id_in_hostdev(std::string_view xml);

}  // namespace hotseat::importers
