// What is known of single monitors, and how the config adds to it.
#pragma once

#include "domain/seat.h"
#include "wire/edid.h"

namespace hotseat::adapters {

// The table's entry for this monitor (the standard's values when there is none, or no EDID), with
// what the config says put over it.
MonitorQuirks quirks_of(const wire::Edid* edid, const MonitorQuirkOverrides& overrides);

}  // namespace hotseat::adapters
