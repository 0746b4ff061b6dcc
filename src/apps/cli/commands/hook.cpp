#include "apps/cli/commands/hook.h"

#include <unistd.h>

#include <exception>

#include "apps/cli/hook.h"

namespace hotseat::cli {

Result<ExitStatus> HookCommand::run(Console& console) {
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  if (words_.size() != 5 || words_.front() != "qemu") {
    return fail_with(
        ExitStatus::usage,
        {"hook", "", "it is libvirt that calls it: hotseat hook qemu VM OP SUBOP EXTRA",
         "hotseat hook --help tells more"});
  }
  try {
    return run_hook({words_.begin() + 1, words_.end()}, {}, console.err);
  } catch (const std::exception& error) {
    // A guest is not to die of what goes wrong in here.
    console.err << "hotseat: " << error.what() << "\n";
    return ExitStatus::done;
  }
}

}  // namespace hotseat::cli
