#include "apps/cli/commands/status.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/holders.h"
#include "apps/cli/render_status.h"

namespace hotseat::cli {

Result<ExitStatus> StatusCommand::run(Console& console) {
  auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  Json status = parse_document(*answer);
  note_holders(status);
  if (console.settings.json) {
    console.out << status.dump() << "\n";
  } else {
    console.out << render_status(status, console.style);
  }
  return ExitStatus::done;
}

}  // namespace hotseat::cli
