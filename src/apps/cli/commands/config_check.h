// hotseat config check: is a configuration file right? Needs no daemon.
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class ConfigCheckCommand : public Command {
 public:
  explicit ConfigCheckCommand(std::string file) : file_(std::move(file)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  std::string file_;
};

}  // namespace hotseat::cli
