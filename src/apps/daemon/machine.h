// What the daemon's app stands on: the real machine, or a simulated one.
#pragma once

#include <memory>
#include <string>

#include "adapters/loop/loop.h"
#include "app/ports.h"
#include "domain/seat.h"
#include "ports/reports.h"

namespace hotseat {

class Machine {
 public:
  virtual ~Machine() = default;
  virtual app::Ports ports() = 0;
};

// `log` gets the output of the user's commands. The loop and the log outlive it.
std::unique_ptr<Machine> make_real_machine(adapters::Loop& loop, const Seat& seat,
                                           ports::Reports& log);
std::unique_ptr<Machine> make_simulated_machine(adapters::Loop& loop);

}  // namespace hotseat
