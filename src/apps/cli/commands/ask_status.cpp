#include "apps/cli/commands/ask_status.h"

#include "apps/cli/daemon.h"

namespace hotseat::cli {

Result<std::string> ask_status(const Console& console) {
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  return (*daemon)->ask("Status");
}

}  // namespace hotseat::cli
