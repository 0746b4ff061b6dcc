// hotseat status: who has the seat and where everything is.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class StatusCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
