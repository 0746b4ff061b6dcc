// hotseat guests: which guests there are.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class GuestsCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
