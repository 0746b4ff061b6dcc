// hotseat notify: tells on the desktop what happens. Started with the session (dist/desktop).
#pragma once

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class NotifyCommand : public Command {
 public:
  // Until the session ends, SIGTERM comes or the daemon's bus goes. What cannot be shown is lost;
  // a daemon or a desktop that is away is waited for.
  Result<ExitStatus> run(Console& console) override;
};

}  // namespace hotseat::cli
