// on_enter and on_leave: the user's own programs.
#pragma once

#include <vector>

#include "config/toml/field.h"
#include "domain/seat.h"

namespace hotseat::config {

// The commands under `name`; none when it is not given.
std::vector<CommandSpec> read_commands(const Section& section, const char* name);

}  // namespace hotseat::config
