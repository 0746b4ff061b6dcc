// The commands port over the simulated workstation: runs are recorded, nothing is executed.
#pragma once

#include <map>
#include <string>

#include "ports/commands.h"
#include "sim/agenda.h"
#include "sim/workstation.h"

namespace hotseat::sim {

class SimCommands : public ports::Commands {
 public:
  explicit SimCommands(Workstation& workstation)
      : workstation_(workstation), agenda_(workstation.clock()) {}

  void run(const CommandSpec& command, const std::map<std::string, std::string>& environment,
           ports::Done done) override;

 private:
  Workstation& workstation_;
  Agenda agenda_;
};

}  // namespace hotseat::sim
