#include "apps/cli/commands/release.h"

#include "apps/cli/commands/switching.h"

namespace hotseat::cli {

Result<ExitStatus> ReleaseCommand::run(Console& console) {
  return carry_out(console, "Release");
}

}  // namespace hotseat::cli
