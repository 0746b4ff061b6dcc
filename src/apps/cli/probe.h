// Asking the monitors themselves, through the helper program hotseat-probe.
#pragma once

#include <string>

#include "apps/cli/result.h"

namespace hotseat::cli {

// Runs it and returns the JSON it prints. Takes seconds on slow monitors. `device_directory` is
// looked into first, for i2c-N nodes that this user may open: the helper only tells that it found
// no monitor.
Result<std::string> run_probe(const std::string& program, const std::string& device_directory);

}  // namespace hotseat::cli
