#include "options.h"

#include <CLI/CLI.hpp>

namespace hotseat {

namespace {

const char* const kAbout =
    "hotseatd owns the seat: one keyboard, one mouse, one set of monitors, and takes turns "
    "between\n"
    "the host and its libvirt guests. It runs in the foreground; drive it with hotseat(1).";

const char* const kEpilogue =
    "Signals: HUP reads the configuration again, TERM ends it (the seat stays as it is and is\n"
    "taken up again by the next start).\n\n"
    "Try it without touching anything:\n"
    "  dbus-run-session -- sh -c 'hotseatd --simulate --session-bus & sleep 1;\n"
    "                             hotseat --session-bus switch win11'\n\n"
    "Exit status: 0 ended by a signal, 1 cannot run, 2 usage or configuration error.";

}  // namespace

std::optional<DaemonOptions> parse_options(int argc, char** argv, int& exit_status) {
  DaemonOptions options;
  CLI::App app{kAbout, "hotseatd"};
  app.footer(kEpilogue);
  app.set_version_flag("--version", std::string("hotseatd ") + HOTSEAT_VERSION);
  app.add_option("--config", options.config, "the configuration, see hotseat.toml(5)")
      ->type_name("FILE")
      ->capture_default_str();
  app.add_flag(
      "--simulate", options.simulate,
      "drive a built-in simulated workstation; touches no hardware, reads no configuration");
  app.add_flag("--session-bus", options.session_bus,
               "answer on the session bus instead of the system bus");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  return options;
}

}  // namespace hotseat
