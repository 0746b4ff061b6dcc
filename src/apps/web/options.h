// hotseat-web's command line, and where systemd put things.
#pragma once

#include <optional>
#include <string>

namespace hotseat::web {

struct Options {
  std::string config;   // the file
  std::string state;    // the directory
  std::string control;  // the socket
  bool session_bus = false;
};

// Nothing when the program has already said what was asked or what is wrong; `exit_status` is then
// what to leave with.
std::optional<Options> parse_options(int argc, char** argv, int& exit_status);

}  // namespace hotseat::web
