#include "apps/cli/commands/snippets.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/document.h"
#include "apps/cli/guest_inputs.h"
#include "apps/cli/snippets.h"

namespace hotseat::cli {

Result<ExitStatus> SnippetsCommand::run(Console& console) {
  const auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  const auto guest = find_guest(parse_document(*answer), options_.vm);
  if (!guest) return tl::make_unexpected(guest.error());
  console.out << snippets({guest->target, guest->domain, options_.url, options_.token});
  return ExitStatus::done;
}

}  // namespace hotseat::cli
