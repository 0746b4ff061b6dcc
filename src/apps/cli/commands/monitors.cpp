#include "apps/cli/commands/monitors.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/helper.h"
#include "apps/cli/probe.h"
#include "apps/cli/render_probe.h"
#include "apps/cli/render_status.h"

namespace hotseat::cli {

Result<ExitStatus> MonitorsCommand::run(Console& console) {
  return probe_ ? show_probe(console) : show_status(console);
}

Result<ExitStatus> MonitorsCommand::show_status(Console& console) const {
  auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  const Json monitors = parse_document(*answer).at("monitors");
  if (console.settings.json) {
    console.out << monitors.dump() << "\n";
  } else if (monitors.empty()) {
    console.out << "no [[monitor]] is configured; hotseat monitors --probe finds what there is\n";
  } else {
    console.out << render_monitors(monitors, console.style);
  }
  return ExitStatus::done;
}

// Asked here and not in the daemon: the inputs a monitor has are read with its own program, slowly,
// and once, when the configuration is written.
Result<ExitStatus> MonitorsCommand::show_probe(Console& console) const {
  auto program = find_helper("hotseat-probe");
  if (!program) return tl::make_unexpected(program.error());
  auto found = run_probe(*program, "/dev");
  if (!found) return tl::make_unexpected(found.error());
  if (console.settings.json) {
    console.out << *found;
  } else {
    console.out << render_probe(parse_document(*found), console.style);
  }
  return ExitStatus::done;
}

}  // namespace hotseat::cli
