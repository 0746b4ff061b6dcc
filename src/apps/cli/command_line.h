// What the person typed, understood.
#pragma once

#include <memory>
#include <ostream>

#include "apps/cli/commands/command.h"
#include "apps/cli/console.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

struct CommandLine {
  Settings settings;
  std::unique_ptr<Command> command;
};

// Help and version go to `out`, usage errors to `err`; both end here, with their exit status.
tl::expected<CommandLine, ExitStatus> parse_command_line(int argc, const char* const* argv,
                                                         std::ostream& out, std::ostream& err);

}  // namespace hotseat::cli
