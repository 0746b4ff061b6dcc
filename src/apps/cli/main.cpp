// hotseat: the command line.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>

#include "apps/cli/command_line.h"
#include "apps/cli/document.h"
#include "apps/cli/noted_output.h"
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
  console.err << cli::render_error(failure.error, console.err_style);
  return static_cast<int>(failure.status);
}

int run(int argc, char** argv, std::ostream& out) {
  auto line = cli::parse_command_line(argc, argv, out, std::cerr);
  if (!line) return static_cast<int>(line.error());
  const auto style_of = [&line](int fd) {
    return cli::Style(!line->settings.no_colour && cli::wants_colour(fd));
  };
  cli::Console console{line->settings, out, std::cerr, style_of(STDOUT_FILENO),
                       style_of(STDERR_FILENO)};
  try {
    const auto status = line->command->run(console);
    return status ? static_cast<int>(*status) : report_failure(console, status.error());
  } catch (const cli::Json::exception& error) {
    return report_failure(console, {cli::ExitStatus::failed,
                                    {"hotseatd's answer is not understood", "", error.what(),
                                     "compare the versions: hotseat version"}});
  }
}

// What could not be told was not done, unless the reader has had enough, as head(1) has.
int status_of(int status, int error) {
  if (error == 0 || error == EPIPE) return status;
  std::cerr << "hotseat: write the output: " << std::strerror(error) << "\n";
  return static_cast<int>(cli::ExitStatus::failed);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    cli::NotedOutput noted(*std::cout.rdbuf());
    std::ostream out(&noted);
    const int status = run(argc, argv, out);
    out.flush();
    return status_of(status, noted.error());
  } catch (const std::exception& error) {
    std::cerr << "hotseat: " << error.what() << "\n";
    return static_cast<int>(cli::ExitStatus::failed);
  }
}
