// hotseat devices: where the input devices are.
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class DevicesCommand : public Command {
 public:
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
