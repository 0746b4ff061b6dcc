// hotseat monitors: what the monitors show; with --probe, asks the hardware what there is.
#pragma once

#include <string>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class MonitorsCommand : public Command {
 public:
  explicit MonitorsCommand(bool probe) : probe_(probe) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<ExitStatus> show_status(Console& console) const;
  Result<ExitStatus> show_probe(Console& console) const;

  bool probe_;
};

}  // namespace hotseat::cli
