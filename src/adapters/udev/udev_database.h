// What udev's database (/run/udev/data) says of a USB device, read through libsystemd.
#pragma once

#include "adapters/udev/roster.h"

namespace hotseat::adapters {

// No facts, not even `initialized`, when udev does not know the device yet or does not run.
UdevFacts look_up_in_udev(const UsbNode& node);

}  // namespace hotseat::adapters
