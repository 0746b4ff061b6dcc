#include "apps/cli/commands/notify.h"

#include "apps/cli/daemon.h"
#include "apps/cli/desktop.h"
#include "apps/cli/render_notice.h"

namespace hotseat::cli {

Result<ExitStatus> NotifyCommand::run(Console& console) {
  auto desktop = Desktop::connect();
  if (!desktop) return tl::make_unexpected(desktop.error());
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  if (auto subscribed = (*daemon)->subscribe(); !subscribed) {
    return tl::make_unexpected(subscribed.error());
  }
  for (;;) {
    auto event = (*daemon)->next_event();
    if (!event) return tl::make_unexpected(event.error());
    if (const auto notice = notice_of(*event)) (*desktop)->show(*notice);
  }
}

}  // namespace hotseat::cli
