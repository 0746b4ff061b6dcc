// One thing the command line can do. Made by command_line.h from what the person typed.
#pragma once

#include "apps/cli/console.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

class Command {
 public:
  virtual ~Command() = default;
  // Prints its result; a Failure is printed by the caller, so that all look alike.
  virtual Result<ExitStatus> run(Console& console) = 0;
};

}  // namespace hotseat::cli
