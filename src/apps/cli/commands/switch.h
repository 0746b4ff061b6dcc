// hotseat switch TARGET: moves the seat, or shows how it would be moved.
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class SwitchCommand : public Command {
 public:
  SwitchCommand(std::string target, bool dry_run) : target_(std::move(target)), dry_run_(dry_run) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<ExitStatus> show_plan(Console& console) const;

  std::string target_;
  bool dry_run_;
};

}  // namespace hotseat::cli
