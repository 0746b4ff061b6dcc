// What the daemon's app stands on: the real machine, or a simulated one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/loop/loop.h"
#include "app/ports.h"
#include "base/unique_fd.h"
#include "domain/seat.h"
#include "ports/reports.h"

namespace hotseat {

class Machine {
 public:
  virtual ~Machine() = default;
  virtual app::Ports ports() = 0;
  // Everything that input depends on gives signs of life.
  virtual bool is_alive() { return true; }
};

// `log` gets the output of the user's commands; `kept` came from the fd store. The loop and the log
// outlive it.
std::unique_ptr<Machine> make_real_machine(adapters::Loop& loop, const Seat& seat,
                                           ports::Reports& log, std::vector<UniqueFd> kept);
std::unique_ptr<Machine> make_simulated_machine(adapters::Loop& loop);

}  // namespace hotseat
