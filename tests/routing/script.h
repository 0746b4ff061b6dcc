// Runs a routing scenario: a text that reads like the manual. See README.md beside this.
#pragma once

#include <string>

namespace hotseat::routing {

// Complains through gtest, with the file and line.
void run_script(const std::string& path);

}  // namespace hotseat::routing
