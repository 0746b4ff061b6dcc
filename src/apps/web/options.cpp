#include "options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "web/control.h"

namespace hotseat::web {

namespace {

const char* const kAbout =
    "hotseat-web serves the dashboard, an HTTP API and virtkvm's POST /switch. It owns nothing "
    "and\n"
    "needs no privilege: all it does is ask hotseatd over D-Bus. Pair a browser with\n"
    "`hotseat web pair`.";

const char* const kEpilogue =
    "Exit status: 0 ended by a signal, 1 cannot run, 2 usage or configuration error.";

// systemd.exec(5): CREDENTIALS_DIRECTORY, STATE_DIRECTORY, RUNTIME_DIRECTORY.
std::string directory(const char* variable, const std::string& otherwise) {
  const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr || *value == '\0' ? otherwise : value;
}

}  // namespace

std::optional<Options> parse_options(int argc, char** argv, int& exit_status) {
  Options options;
  options.config = directory("CREDENTIALS_DIRECTORY", "/etc/hotseat") + "/web.toml";
  options.state = directory("STATE_DIRECTORY", "/var/lib/hotseat-web");
  options.control = directory("RUNTIME_DIRECTORY", "/run/hotseat-web") + "/" + kControlSocketName;
  CLI::App app{kAbout, "hotseat-web"};
  app.footer(kEpilogue);
  app.set_version_flag("--version", std::string("hotseat-web ") + HOTSEAT_VERSION);
  app.add_option("--config", options.config, "the configuration; without the file, the defaults")
      ->type_name("FILE")
      ->capture_default_str();
  app.add_option("--state", options.state, "where it keeps who is paired, and its certificate")
      ->type_name("DIRECTORY")
      ->capture_default_str();
  app.add_option("--control", options.control, "the socket that hotseat web speaks to")
      ->type_name("SOCKET")
      ->capture_default_str();
  app.add_flag("--session-bus", options.session_bus,
               "ask a hotseatd on the session bus (hotseatd --session-bus)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  return options;
}

}  // namespace hotseat::web
