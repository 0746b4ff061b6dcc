// hotseat release: the seat back to the host, now.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class ReleaseCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
