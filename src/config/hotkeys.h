// Chords of keys, checked by name. They are not acted on yet: input goes over USB only.
#pragma once

#include "config/field.h"

namespace hotseat::config {

// Reports anything but an array of different KEY_ names (linux/input-event-codes.h).
void check_chord(const Field& field);

}  // namespace hotseat::config
