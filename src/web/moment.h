// Time as a value.
#pragma once

#include <chrono>

namespace hotseat::web {

// Since some start, never going back; for limits and deadlines.
using Moment = std::chrono::milliseconds;

// Since 1970, for people.
using Date = std::chrono::seconds;

}  // namespace hotseat::web
