// hotseatd: wiring, nothing else.
#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/journal/journal_reports.h"
#include "adapters/loop/loop.h"
#include "app/coordinator.h"
#include "app/report_queue.h"
#include "base/words.h"
#include "config/config.h"
#include "fd_store.h"
#include "machine.h"
#include "options.h"
#include "service/dbus_reports.h"
#include "service/dbus_service.h"
#include "service/hook_socket.h"
#include "service/line_doors.h"
#include "service/status_listener.h"
#include "service/vfio_kvm.h"
#include "sim/demo.h"
#include "start_up_pages.h"
#include "systemd_reports.h"
#include "wire/hook_frame.h"

namespace hotseat {
namespace {

// /run/hotseat, where systemd started it: RuntimeDirectory= in systemd.exec(5).
std::optional<std::string> runtime_directory() {
  const char* directory = std::getenv("RUNTIME_DIRECTORY");  // NOLINT(concurrency-mt-unsafe)
  if (directory == nullptr || *directory == '\0') return std::nullopt;
  return directory;
}

// A notice for each mistake: line breaks are not kept in one.
void tell_refused_reload(adapters::JournalReports& journal, const Error& error) {
  const std::string text = to_string(error);
  for (const std::string_view line : parts_of(text, '\n')) {
    journal.notice("reload refused: " + std::string(line));
  }
}

int run(const DaemonOptions& options) {
  const app::Coordinator::LoadSeat load = [&options]() -> Expected<Seat> {
    return options.simulate ? sim::demo_seat() : config::load(options.config);
  };
  auto seat = load();
  if (!seat) {
    std::fprintf(stderr, "hotseatd: %s\n", to_string(seat.error()).c_str());
    return 2;
  }

  auto handed_over = take_fds();
  adapters::Loop loop;
  adapters::JournalReports journal;
  app::Service* service = nullptr;
  // Blocked before any thread starts, so that none of them takes a signal.
  for (int signal : {SIGTERM, SIGINT}) {
    loop.on_signal(signal, [&loop] { loop.exit(0); });
  }
  loop.on_signal(SIGHUP, [&] {
    const auto reloaded = service->reload();
    if (!reloaded) tell_refused_reload(journal, reloaded.error());
  });

  service::DbusReports signals;
  service::StatusListener changes;
  service::StatusListener changes_for_lines;
  SystemdReports systemd;
  app::ReportQueue reports(loop, {&journal, &signals, &changes, &changes_for_lines, &systemd});
  auto machine = options.simulate
                     ? make_simulated_machine(loop)
                     : make_real_machine(loop, *seat, reports, std::move(handed_over.kept));
  for (const std::string& note : seat->notes) journal.notice(note);
  app::Coordinator coordinator(std::move(*seat), machine->ports(), reports, load);
  service = &coordinator;
  const auto bus = options.session_bus ? service::BusKind::session : service::BusKind::system;
  service::DbusService door(loop.native(), loop, coordinator, signals, reports, bus);

  service::VfioKvm vfio_kvm(loop.native(), loop, coordinator, changes, reports, bus);
  std::optional<service::HookSocket> hook;
  std::optional<service::LineDoors> lines;
  if (const auto directory = runtime_directory()) {
    hook.emplace(loop.native(), loop, coordinator, reports,
                 *directory + "/" + wire::kHookSocketName);
    service::LineDoors::Places places;
    places.directory = *directory;
    lines.emplace(loop.native(), loop, coordinator, changes_for_lines, reports, std::move(places),
                  std::move(handed_over.sockets));
  }

  loop.feed_watchdog([&machine] { return machine->is_alive(); });
  release_start_up_pages();
  systemd.ready(coordinator);
  const int status = loop.run();
  systemd.stopping();
  return status;
}

}  // namespace
}  // namespace hotseat

int main(int argc, char** argv) {
  // One arena: the worker threads allocate next to nothing, and an arena each costs memory.
  mallopt(M_ARENA_MAX, 1);
  int exit_status = 0;
  auto options = hotseat::parse_options(argc, argv, exit_status);
  if (!options) return exit_status;
  try {
    return hotseat::run(*options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hotseatd: cannot run: %s\n", error.what());
    return 1;
  }
}
