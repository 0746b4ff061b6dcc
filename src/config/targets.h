// [host] and [guest.NAME].
#pragma once

#include <optional>
#include <vector>

#include "config/hotkeys.h"
#include "config/toml/field.h"
#include "domain/seat.h"

namespace hotseat::config {

TargetSpec read_host(const std::optional<Field>& field, std::vector<HotkeySetting>& hotkeys);

// In the order of the file. Guests with problems are among them, so that other tables may name
// them without a second report.
std::vector<GuestSpec> read_guests(const std::optional<Field>& field, Milliseconds start_timeout,
                                   Policy& policy, std::vector<HotkeySetting>& hotkeys);

}  // namespace hotseat::config
