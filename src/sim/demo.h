// A workstation to try hotseat on: four devices on the desk and one in the drawer, two monitors,
// three guests.
#pragma once

#include "domain/seat.h"
#include "sim/workstation.h"

namespace hotseat::sim {

// Devices: keyboard, mouse, twin-a, twin-b (plugged in), gamepad (not). Monitors: left (HOT24) and
// right (HOT27). Guests: win11 (running), zorg and debby (off). The host has everything.
void furnish_demo(Workstation& workstation);

// The configuration that fits it.
Seat demo_seat();

}  // namespace hotseat::sim
