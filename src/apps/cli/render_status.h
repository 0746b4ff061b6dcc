// The status document for people.
#pragma once

#include <string>

#include "apps/cli/document.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

std::string render_status(const Json& status, const Style& style);
std::string render_targets(const Json& targets, const Style& style);
std::string render_devices(const Json& devices, const Style& style);
std::string render_monitors(const Json& monitors, const Style& style);

// Those of the targets that are guests.
Json guests_of(const Json& status);

}  // namespace hotseat::cli
