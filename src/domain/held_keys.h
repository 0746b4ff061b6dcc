// Which keys keep a device from being grabbed while they are down.
#pragma once

#include <bitset>

#include "domain/hotkey.h"
#include "domain/input_event.h"

namespace hotseat {

// The release of a key that is down when its device is grabbed passes the host's desktop by: a key
// would repeat there, and a mouse button drag, for ever. So it is waited for. Not for buttons that
// no desktop acts on, of joysticks, gamepads and wheels, and for those without a name: a throttle's
// switches, a gear lever and a mouse's mode button stay down for hours.
bool must_be_let_go(KeyCode code);
bool any_must_be_let_go(const std::bitset<codes::kKeyCount>& down);

}  // namespace hotseat
