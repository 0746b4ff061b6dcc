// How ports answer.
//
// Threads: every port is called on the loop thread and calls back on the loop thread, never from
// inside the call itself. A port may be destroyed with work under way; its callbacks are then never
// called.
#pragma once

#include <functional>

#include "base/error.h"

namespace hotseat::ports {

template <typename T>
using Completion = std::function<void(Expected<T>)>;

using Done = Completion<void>;

}  // namespace hotseat::ports
