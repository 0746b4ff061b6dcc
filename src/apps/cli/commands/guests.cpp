#include "apps/cli/commands/guests.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/render_status.h"

namespace hotseat::cli {

Result<ExitStatus> GuestsCommand::run(Console& console) {
  auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  const Json guests = guests_of(parse_document(*answer));
  if (console.settings.json) {
    console.out << guests.dump() << "\n";
  } else if (guests.empty()) {
    console.out << "no [guest.NAME] is configured\n";
  } else {
    console.out << render_targets(guests, console.style);
  }
  return ExitStatus::done;
}

}  // namespace hotseat::cli
