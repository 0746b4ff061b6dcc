// hotseat guest prepare VM: gives a domain the inputs that the seat needs, or takes that back.
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"
#include "apps/cli/document.h"
#include "apps/cli/guest_inputs.h"

namespace hotseat::cli {

class GuestPrepareCommand : public Command {
 public:
  struct Options {
    std::string vm;
    bool dry_run = false;
    bool yes = false;
    bool undo = false;
    bool force = false;     // undo: lose what was changed since
    bool optional = false;  // prepare: optional devices too
  };

  explicit GuestPrepareCommand(Options options) : options_(std::move(options)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<ExitStatus> prepare(Console& console, const Json& status) const;
  Result<ExitStatus> undo(Console& console, const GuestAddress& guest) const;
  GuestAddress address_for_undo(const Json& status) const;

  // From here on alike for both. `change` is what hotseat-guest has proposed.
  Result<ExitStatus> show_and_make(Console& console, const std::string& uri, Json change) const;
  Result<ExitStatus> refuse_to_lose(Console& console, Json change) const;
  Result<bool> confirmed(Console& console, const Json& change) const;
  Result<ExitStatus> nothing_to_do(Console& console, Json change, const std::string& why) const;
  void print_json(Console& console, Json change) const;

  Options options_;
};

}  // namespace hotseat::cli
