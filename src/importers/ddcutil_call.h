// A call of ddcutil that sets a monitor's input.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/seat.h"

namespace hotseat::importers {

struct DdcutilCall {
  MonitorMatch match;
  std::uint8_t feature = 0x60;
  std::uint8_t value = 0;
};

// "ddcutil setvcp 60 0x0f --bus=3" without its first word. Nothing for any other call; `fault` says
// why then.
std::optional<DdcutilCall> parse_ddcutil(const std::vector<std::string>& arguments,
                                         std::string& fault);

}  // namespace hotseat::importers
