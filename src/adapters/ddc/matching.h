// Which of the monitors found is which [[monitor]] of the config. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/name.h"
#include "domain/seat.h"
#include "wire/edid.h"

namespace hotseat::adapters {

// A bus where a monitor may be.
struct Candidate {
  int bus = 0;
  std::string connector;            // "card0-DP-1" or empty
  bool only_by_number = false;      // not known to be a display's: the config must name the bus
  std::optional<wire::Edid> edid;   // nothing while no monitor shows itself there
  std::optional<MonitorName> last;  // who was last seen there; it may only be asleep
};

struct Assignment {
  std::optional<int> bus;
  bool present = false;  // shows itself with its EDID; else the bus is all that is known
  std::string problem;   // empty when all is well
  bool operator==(const Assignment&) const = default;
};

// One for each spec, in their order. A monitor that shows itself comes before a bus that may be
// its. `looking`: more candidates may turn up, so that "not found" is not said yet.
std::vector<Assignment> assign(const std::vector<MonitorSpec>& specs,
                               const std::vector<Candidate>& candidates, bool looking);

}  // namespace hotseat::adapters
