#include "apps/cli/commands/devices.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/render_status.h"

namespace hotseat::cli {

Result<ExitStatus> DevicesCommand::run(Console& console) {
  auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  const Json devices = parse_document(*answer).at("devices");
  if (console.settings.json) {
    console.out << devices.dump() << "\n";
  } else if (devices.empty()) {
    console.out << "no [[device]] is configured\n";
  } else {
    console.out << render_devices(devices, console.style);
  }
  return ExitStatus::done;
}

}  // namespace hotseat::cli
