// The monitors of the seat.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "domain/seat.h"
#include "domain/world.h"
#include "ports/clock.h"
#include "ports/completion.h"

namespace hotseat::ports {

class Monitors {
 public:
  virtual ~Monitors() = default;

  // Starts observing: `changed` is called soon and after every change of presence, input or
  // certainty. Called once.
  virtual void observe(std::function<void(const std::vector<MonitorStatus>&)> changed) = 0;

  // Which monitors to look for; replaces the earlier list. Starts a look-around.
  virtual void configure(const std::vector<MonitorSpec>& monitors) = 0;

  // Looks again: buses came or went, the machine woke up.
  virtual void rescan() = 0;

  // Writes the input; answers when the bus has acknowledged it, after bounded retries, within the
  // deadline. The state is then `requested`; a late read-back may make it `verified`, seen through
  // `changed`. Different monitors do not wait for each other.
  virtual void set_input(const MonitorName& monitor, std::uint8_t input, Duration deadline,
                         Done done) = 0;
};

}  // namespace hotseat::ports
