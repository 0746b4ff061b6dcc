// hotseat next: the seat to the next target.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class NextCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
