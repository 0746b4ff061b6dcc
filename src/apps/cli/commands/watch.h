// hotseat watch: prints what happens until interrupted; survives a restart of the daemon.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class WatchCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
