#include "apps/cli/commands/switch.h"

#include "apps/cli/commands/switching.h"
#include "apps/cli/daemon.h"
#include "apps/cli/render_switch.h"

namespace hotseat::cli {

Result<ExitStatus> SwitchCommand::run(Console& console) {
  return dry_run_ ? show_plan(console) : carry_out(console, "Switch", {target_});
}

Result<ExitStatus> SwitchCommand::show_plan(Console& console) const {
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  auto answer = (*daemon)->ask("Plan", {target_});
  if (!answer) return tl::make_unexpected(answer.error());
  const Json plan = parse_document(*answer);
  const bool refused = plan.contains("refusal");
  if (console.settings.json) {
    console.out << *answer << "\n";
  } else if (refused) {
    console.err << render_refusal(plan.at("refusal"), console.err_style).err;
  } else {
    console.out << render_plan(plan, console.style);
  }
  return refused ? ExitStatus::refused : ExitStatus::done;
}

}  // namespace hotseat::cli
