// hotseatd's command line.
#pragma once

#include <optional>
#include <string>

namespace hotseat {

struct DaemonOptions {
  std::string config = "/etc/hotseat/hotseat.toml";
  bool simulate = false;
  bool session_bus = false;
};

// Nothing when the program has already said what was asked (--help, --version) or what is wrong;
// `exit_status` is then what to leave with.
std::optional<DaemonOptions> parse_options(int argc, char** argv, int& exit_status);

}  // namespace hotseat
