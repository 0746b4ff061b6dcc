#include "apps/cli/commands/switching.h"

#include "apps/cli/daemon.h"
#include "apps/cli/render_switch.h"

namespace hotseat::cli {

Result<ExitStatus> carry_out(Console& console, const char* method,
                             const std::vector<std::string>& arguments) {
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  Progress progress(console.style);
  auto answer = (*daemon)->carry_out(method, arguments, [&](const Event& event) {
    if (!console.settings.json) console.out << progress.tell(event) << std::flush;
  });
  if (!answer) return tl::make_unexpected(answer.error());
  const Json report = parse_document(*answer);
  if (console.settings.json) {
    console.out << *answer << "\n";
    return exit_status_of(report);
  }
  const Ending ending = render_report(report, console.style, console.err_style);
  console.out << ending.out << std::flush;
  console.err << ending.err;
  return ending.status;
}

}  // namespace hotseat::cli
