#include "apps/cli/commands/status.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/render_status.h"

namespace hotseat::cli {

Result<ExitStatus> StatusCommand::run(Console& console) {
  auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  if (console.settings.json) {
    console.out << *answer << "\n";
  } else {
    console.out << render_status(parse_document(*answer), console.style);
  }
  return ExitStatus::done;
}

}  // namespace hotseat::cli
