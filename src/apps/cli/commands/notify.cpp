#include "apps/cli/commands/notify.h"

#include <systemd/sd-event.h>

#include <csignal>
#include <memory>

#include "apps/cli/daemon.h"
#include "apps/cli/desktop.h"
#include "apps/cli/render_notice.h"
#include "apps/cli/render_switch.h"

namespace hotseat::cli {

namespace {

struct Unref {
  void operator()(sd_event* loop) const { sd_event_unref(loop); }
};
using EventLoop = std::unique_ptr<sd_event, Unref>;

// SIGTERM ends it: how a session tells the programs it has started to go.
EventLoop new_loop() {
  sd_event* raw = nullptr;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  if (sd_event_new(&raw) < 0) return {};
  EventLoop loop(raw);
  const bool ready = sigprocmask(SIG_BLOCK, &signals, nullptr) == 0 &&
                     sd_event_add_signal(raw, nullptr, SIGTERM, nullptr, nullptr) >= 0;
  return ready ? std::move(loop) : EventLoop{};
}

// A desktop that shows nothing just now is told of once, and asked again with the next event.
class Teller {
 public:
  Teller(Desktop& desktop, Console& console) : desktop_(desktop), console_(console) {}

  void operator()(const Event& event) {
    const auto notice = notice_of(event);
    if (!notice) return;
    const auto shown = desktop_.show(*notice);
    if (!shown && !complained_) {
      console_.err << render_error(shown.error().error, console_.style) << std::flush;
    }
    complained_ = !shown;
  }

 private:
  Desktop& desktop_;
  Console& console_;
  bool complained_ = false;
};

}  // namespace

Result<ExitStatus> NotifyCommand::run(Console& console) {
  auto desktop = Desktop::connect();
  if (!desktop) return tl::make_unexpected(desktop.error());
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  const EventLoop loop = new_loop();
  if (!loop) return fail_with(ExitStatus::failed, {"show notifications", "", "no event loop", ""});
  if (auto attached = (*desktop)->attach(loop.get()); !attached) {
    return tl::make_unexpected(attached.error());
  }
  const auto followed = (*daemon)->follow(loop.get(), Teller(**desktop, console));
  if (!followed) return tl::make_unexpected(followed.error());
  return ExitStatus::done;
}

}  // namespace hotseat::cli
