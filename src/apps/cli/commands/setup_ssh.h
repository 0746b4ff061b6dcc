// hotseat setup ssh NAME: a key for the SSH door.
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class SetupSshCommand : public Command {
 public:
  struct Options {
    std::string name;
    std::string key_file;    // where the new key goes; "hotseat-NAME" in the current directory
    std::string public_key;  // of a key that exists already
    std::string only;  // what the key does whatever is asked for (ssh_request.h); may be empty
    bool yes = false;
    bool undo = false;
    // Of user hotseat-ssh, whom the keys log in as.
    std::string authorized_keys = "/var/lib/hotseat-ssh/.ssh/authorized_keys";
  };

  explicit SetupSshCommand(Options options) : options_(std::move(options)) {}
  // Shows what it will write, and asks, unless told not to.
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<std::string> public_key(Console& console) const;
  Result<ExitStatus> add(Console& console) const;
  std::string what_is_next() const;
  Result<ExitStatus> remove(Console& console) const;

  Options options_;
};

}  // namespace hotseat::cli
