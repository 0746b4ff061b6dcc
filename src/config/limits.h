// Bounds of the durations that a person may configure.
#pragma once

#include "domain/seat.h"

namespace hotseat::config {

inline constexpr Milliseconds kShortestTimeout{1};
inline constexpr Milliseconds kLongestTimeout{10 * 60 * 1000};  // nobody waits longer for a seat

}  // namespace hotseat::config
