// Starting a program with nothing inherited.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace hotseat::adapters {

// A child that has not been reaped: until then its pid, and that of its group, is nobody else's.
struct Process {
  pid_t pid = -1;   // also its process group
  UniqueFd handle;  // pidfd: readable once it has ended
  UniqueFd out;     // its standard output and error; non-blocking
  UniqueFd err;
};

// argv[0] is an absolute path. The program gets exactly this environment, /dev/null to read from,
// no signal blocked or ignored (a daemon's are) and no other descriptor. Blocks until the program
// has been loaded. The error says which file and what is wrong with it.
Expected<Process> start_process(const std::vector<std::string>& argv,
                                const std::map<std::string, std::string>& environment);

}  // namespace hotseat::adapters
