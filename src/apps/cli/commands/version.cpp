#include "apps/cli/commands/version.h"

#include "apps/cli/daemon.h"

namespace hotseat::cli {

Result<ExitStatus> VersionCommand::run(Console& console) {
  auto daemon = Daemon::connect(console.settings.session_bus);
  auto running = daemon ? (*daemon)->version() : tl::make_unexpected(daemon.error());
  if (console.settings.json) {
    const Json versions = {{"hotseat", HOTSEAT_VERSION},
                           {"hotseatd", running ? Json(*running) : Json()}};
    console.out << versions.dump() << "\n";
    return ExitStatus::done;
  }
  console.out << "hotseat  " << HOTSEAT_VERSION << "\n";
  console.out << "hotseatd " << (running ? printable(*running) : "not reachable") << "\n";
  return ExitStatus::done;
}

}  // namespace hotseat::cli
