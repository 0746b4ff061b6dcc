// Runs a scenario: a text that reads like the manual. See README.md beside this.
#pragma once

#include <string>

namespace hotseat::testing {

// Complains through gtest, with the file and line.
void run_scenario(const std::string& path);

}  // namespace hotseat::testing
