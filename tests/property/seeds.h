// Many seeds per property; one that fails says how to see it fail again.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>

namespace hotseat::property {

// Runs `body` for seeds 1…count, for 1…$HOTSEAT_SEEDS, or for $HOTSEAT_SEED alone; stops at the
// first that fails. Before each, `what` and the seed are put on gtest's trace.
void for_seeds(std::uint64_t count, const std::function<void(std::uint64_t seed)>& body);

}  // namespace hotseat::property
