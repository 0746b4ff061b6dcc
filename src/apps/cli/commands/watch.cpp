#include "apps/cli/commands/watch.h"

#include "apps/cli/daemon.h"
#include "apps/cli/render_event.h"
#include "apps/cli/render_status.h"

namespace hotseat::cli {

namespace {

void print(Console& console, const Event& event) {
  const auto now = WallClock::now();
  console.out << (console.settings.json ? event_line(event, now)
                                        : render_event(event, now, console.style))
              << std::flush;
}

}  // namespace

Result<ExitStatus> WatchCommand::run(Console& console) {
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  // Subscribed first, so that nothing happens unseen between the status and the first event.
  if (auto subscribed = (*daemon)->subscribe(); !subscribed) {
    return tl::make_unexpected(subscribed.error());
  }
  auto status = (*daemon)->ask("Status");
  if (!status) return tl::make_unexpected(status.error());
  const Json document = parse_document(*status);
  console.out << (console.settings.json ? status_line(document, WallClock::now())
                                        : render_status(document, console.style) + "\n")
              << std::flush;
  for (;;) {
    auto event = (*daemon)->next_event();
    if (!event) return tl::make_unexpected(event.error());
    print(console, *event);
  }
}

}  // namespace hotseat::cli
