// hotseat: the command line.
#include <unistd.h>

#include <exception>
#include <iostream>

#include "apps/cli/command_line.h"
#include "apps/cli/document.h"
#include "apps/cli/render_switch.h"

namespace {

using namespace hotseat;

int report_failure(cli::Console& console, const cli::Failure& failure) {
  if (console.settings.json) {
    const cli::Json error = {{"context", failure.error.context},
                             {"object", failure.error.object},
                             {"reason", failure.error.reason},
                             {"hint", failure.error.hint}};
    console.out << cli::Json{{"error", error}}.dump(-1, ' ', false,
                                                    cli::Json::error_handler_t::replace)
                << "\n";
  }
  console.err << cli::render_error(failure.error, console.style);
  return static_cast<int>(failure.status);
}

int run(int argc, char** argv) {
  auto line = cli::parse_command_line(argc, argv, std::cout, std::cerr);
  if (!line) return static_cast<int>(line.error());
  const bool colour = !line->settings.no_colour && cli::wants_colour(STDOUT_FILENO);
  cli::Console console{line->settings, std::cout, std::cerr, cli::Style(colour)};
  try {
    const auto status = line->command->run(console);
    return status ? static_cast<int>(*status) : report_failure(console, status.error());
  } catch (const cli::Json::exception& error) {
    return report_failure(console, {cli::ExitStatus::failed,
                                    {"hotseatd's answer is not understood", "", error.what(),
                                     "compare the versions: hotseat version"}});
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "hotseat: " << error.what() << "\n";
    return static_cast<int>(cli::ExitStatus::failed);
  }
}
