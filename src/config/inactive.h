// Keys that are checked and then not acted on by this version; they become notes of the seat.
#pragma once

#include <string>
#include <vector>

namespace hotseat::config {

struct Inactive {
  std::vector<std::string> policies;  // "guest.win11.policy"
};

}  // namespace hotseat::config
