// What a command is run with.
#pragma once

#include <ostream>

#include "apps/cli/terminal.h"

namespace hotseat::cli {

struct Settings {
  bool json = false;
  bool session_bus = false;
  bool no_colour = false;
};

struct Console {
  Settings settings;
  std::ostream& out;  // results
  std::ostream& err;  // warnings and errors
  Style style;        // of `out`
  Style err_style;    // of `err`: either may be a terminal
};

}  // namespace hotseat::cli
