#include "apps/cli/commands/config_check.h"

#include "apps/cli/document.h"
#include "config/config.h"

namespace hotseat::cli {

namespace {

Json as_json(const Error& error) {
  return {{"context", error.context},
          {"object", error.object},
          {"reason", error.reason},
          {"hint", error.hint}};
}

}  // namespace

Result<ExitStatus> ConfigCheckCommand::run(Console& console) {
  const Expected<Seat> seat = config::load(file_);
  if (console.settings.json) {
    const Json verdict = {{"file", file_},
                          {"ok", seat.has_value()},
                          {"notes", seat ? Json(seat->notes) : Json::array()},
                          {"error", seat ? Json() : as_json(seat.error())}};
    console.out << verdict.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return seat ? ExitStatus::done : ExitStatus::usage;
  }
  if (!seat) return fail_with(ExitStatus::usage, seat.error());
  console.out << file_ << " is right: " << counted(seat->devices.size(), "device") << ", "
              << counted(seat->monitors.size(), "monitor") << ", "
              << counted(seat->guests.size(), "guest") << "\n";
  for (const std::string& note : seat->notes) console.out << "note: " << printable(note) << "\n";
  return ExitStatus::done;
}

}  // namespace hotseat::cli
