// hotseat reload: makes the daemon read its configuration again.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class ReloadCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
