// Everything libddcutil finds out, for the connected monitors.
#pragma once

#include <vector>

#include "base/error.h"
#include "display.h"

namespace hotseat::probe {

// Takes seconds. libddcutil keeps global state and is not built for concurrency (1.4): call it from
// one thread. It writes what it likes to stderr, and may end the process.
Expected<std::vector<Display>> find_displays();

}  // namespace hotseat::probe
