// [policy], and the `policy` of guests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/toml/field.h"
#include "domain/policy.h"
#include "domain/seat.h"

namespace hotseat::config {

// What is not said stays as in standard_policy(); with vfio-kvm's name on the bus its users may
// switch. `targets` are all that can be switched to.
Policy read_policy(const std::optional<Field>& field, const std::vector<std::string>& targets,
                   const Compat& compat);

// policy = ["switch:host", "switch:self"]
Permissions read_permissions(const Field& field, const std::vector<std::string>& targets,
                             const std::optional<TargetName>& self);

}  // namespace hotseat::config
