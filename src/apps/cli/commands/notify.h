// hotseat notify: tells on the desktop what happens. Started with the session (dist/autostart).
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class NotifyCommand : public Command {
 public:
  // Until it is ended, or the bus is.
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
