// hotseat ssh-door KEY: what a key of `hotseat setup ssh` may run, and nothing else (a forced
// command, sshd(8), "AUTHORIZED_KEYS FILE FORMAT").
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class SshDoorCommand : public Command {
 public:
  // `only` is what the key does, whatever is asked for; when it is empty, what the other side wants
  // is in SSH_ORIGINAL_COMMAND. Both as in ssh_request.h.
  SshDoorCommand(std::string key, std::string only)
      : key_(std::move(key)), only_(std::move(only)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<ExitStatus> show_status(Console& console) const;

  std::string key_;
  std::string only_;
};

}  // namespace hotseat::cli
