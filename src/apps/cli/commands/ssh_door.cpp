#include "apps/cli/commands/ssh_door.h"

#include <cstdlib>

#include "apps/cli/commands/switching.h"
#include "apps/cli/daemon.h"
#include "apps/cli/render_status.h"
#include "apps/cli/ssh_request.h"

namespace hotseat::cli {

namespace {

constexpr const char* kUsage = "say one of: switch TARGET, next, release, status";

std::string wanted() {
  const char* text = std::getenv("SSH_ORIGINAL_COMMAND");  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? "" : text;
}

}  // namespace

Result<ExitStatus> SshDoorCommand::run(Console& console) {
  using Kind = wire::LineRequest::Kind;
  const auto request = parse_ssh_request(only_.empty() ? wanted() : only_);
  const std::string client = "ssh:" + key_;
  switch (request ? request->kind : Kind::attach) {
    case Kind::switch_to:
      return carry_out(console, "Ask", {client, "switch", request->target});
    case Kind::next:
      return carry_out(console, "Ask", {client, "next", ""});
    case Kind::release:
      return carry_out(console, "Ask", {client, "release", ""});
    case Kind::status:
      return show_status(console);
    case Kind::help:
      console.out << kUsage << "\n";
      return ExitStatus::done;
    case Kind::attach:  // neither is ever asked for here
    case Kind::detach:
      break;
  }
  return fail_with(ExitStatus::usage, {"not understood", "", kUsage, ""});
}

Result<ExitStatus> SshDoorCommand::show_status(Console& console) const {
  auto daemon = Daemon::connect(console.settings.session_bus);
  if (!daemon) return tl::make_unexpected(daemon.error());
  auto answer = (*daemon)->ask("Ask", {"ssh:" + key_, "status", ""});
  if (!answer) return tl::make_unexpected(answer.error());
  console.out << (console.settings.json ? *answer + "\n"
                                        : render_status(parse_document(*answer), console.style));
  return ExitStatus::done;
}

}  // namespace hotseat::cli
