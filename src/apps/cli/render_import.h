// What an import could not carry, for people.
#pragma once

#include <string>

#include "apps/cli/document.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

// A block for each thing that was not carried, and what was.
std::string render_import(const Json& imported, const Style& style);

}  // namespace hotseat::cli
