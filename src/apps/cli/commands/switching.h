// What switch, next and release have in common.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

// Calls the method, shows progress while the switch runs and says how it ended.
Result<ExitStatus> carry_out(Console& console, const char* method,
                             const std::vector<std::string>& arguments = {});

}  // namespace hotseat::cli
