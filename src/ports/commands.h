// The user's own programs, run when the seat moves.
#pragma once

#include <map>
#include <string>

#include "domain/seat.h"
#include "ports/completion.h"

namespace hotseat::ports {

class Commands {
 public:
  virtual ~Commands() = default;

  // Runs argv directly, never a shell, with exactly this environment, stdin from /dev/null, output
  // to the log. Fails when it cannot start, exits non-zero, is killed, or outlives its timeout (it
  // and what it started are ended then).
  virtual void run(const CommandSpec& command,
                   const std::map<std::string, std::string>& environment, Done done) = 0;
};

}  // namespace hotseat::ports
