#include "apps/cli/commands/reload.h"

#include "apps/cli/daemon.h"

namespace hotseat::cli {

Result<ExitStatus> ReloadCommand::run(Console& console) {
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  auto notes = (*daemon)->reload();
  if (!notes) return tl::make_unexpected(notes.error());
  if (console.settings.json) {
    console.out << Json{{"notes", *notes}}.dump() << "\n";
    return ExitStatus::done;
  }
  console.out << "the configuration has been read again\n";
  for (const std::string& note : *notes) console.out << "note: " << printable(note) << "\n";
  return ExitStatus::done;
}

}  // namespace hotseat::cli
