// The status document, fetched.
#pragma once

#include <string>

#include "apps/cli/console.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

Result<std::string> ask_status(const Console& console);

}  // namespace hotseat::cli
