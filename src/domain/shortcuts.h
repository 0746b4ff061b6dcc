// Hotkeys that need nobody's leave.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "domain/hotkey.h"
#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat {

// Where the input goes the moment a hotkey is pressed, by the hotkey's index.
using Shortcuts = std::map<std::size_t, TargetName>;

// Of those whose switch begins with routing the input, which waits for nothing: as it would be
// planned just now. The rest of the switch, and whether it holds, is seen to afterwards.
Shortcuts shortcuts(const World& world, const Seat& seat, const std::vector<Hotkey>& hotkeys);

}  // namespace hotseat
