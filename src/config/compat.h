// [compat]: names of other programs that hotseatd answers to as well.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/toml/field.h"
#include "domain/seat.h"

namespace hotseat::config {

// Takes the table, if it is given. What is set and without effect is told in `notes`.
Compat read_compat(const std::optional<Field>& field, std::vector<std::string>& notes);

}  // namespace hotseat::config
