#include "apps/cli/commands/next.h"

#include "apps/cli/commands/switching.h"

namespace hotseat::cli {

Result<ExitStatus> NextCommand::run(Console& console) {
  return carry_out(console, "Next");
}

}  // namespace hotseat::cli
