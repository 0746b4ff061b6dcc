// [seat], [libvirt] and [timeouts].
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/hotkeys.h"
#include "config/toml/field.h"
#include "domain/seat.h"

namespace hotseat::config {

struct TimeoutSettings {
  Timeouts steps;
  Milliseconds start = GuestSpec{}.start_timeout;  // of guests that set none of their own
};

// Each takes the table, if it is given, and keeps the default for what is not.
// Adds what is set to `set` and what is not to `defaults`.
void read_seat(const std::optional<Field>& field, std::vector<HotkeySetting>& set,
               std::vector<Hotkey>& defaults);
std::string read_libvirt_uri(const std::optional<Field>& field);
TimeoutSettings read_timeouts(const std::optional<Field>& field);

}  // namespace hotseat::config
