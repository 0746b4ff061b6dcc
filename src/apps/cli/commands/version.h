// hotseat version: of this program and of the daemon, if it runs.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class VersionCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
