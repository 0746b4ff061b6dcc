// hotseat ssh-door KEY: what a key of `hotseat setup ssh` may run, and nothing else (a forced
// command, sshd(8), "AUTHORIZED_KEYS FILE FORMAT").
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class SshDoorCommand : public Command {
 public:
  explicit SshDoorCommand(std::string key) : key_(std::move(key)) {}
  // What the other side wants is in SSH_ORIGINAL_COMMAND: "switch TARGET", "next", "release" or
  // "status".
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<ExitStatus> show_status(Console& console) const;

  std::string key_;
};

}  // namespace hotseat::cli
