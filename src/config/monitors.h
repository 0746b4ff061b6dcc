// [[monitor]]
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/toml/field.h"
#include "domain/seat.h"

namespace hotseat::config {

// `targets` are the names that `inputs` may use.
std::vector<MonitorSpec> read_monitors(const std::optional<Field>& field,
                                       const std::vector<std::string>& targets);

}  // namespace hotseat::config
