// What hotseat-probe found, with the lines to put into the configuration.
#pragma once

#include <string>

#include "apps/cli/document.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

std::string render_probe(const Json& monitors, const Style& style);

}  // namespace hotseat::cli
