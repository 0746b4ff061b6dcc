// [[device]]
#pragma once

#include <optional>
#include <vector>

#include "config/toml/field.h"
#include "domain/seat.h"

namespace hotseat::config {

std::vector<DeviceSpec> read_devices(const std::optional<Field>& field);

}  // namespace hotseat::config
