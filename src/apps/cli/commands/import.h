// hotseat import PROGRAM PATH: the settings of another program as hotseat.toml, and of
// virtkvm its HTTP as web.toml. Needs no daemon.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class ImportCommand : public Command {
 public:
  struct Options {
    std::string from;
    std::string path;
    std::vector<std::string> domains;  // of vfio-kvm: files
    std::vector<std::string> guests;   // of scripts that do not name them
    std::string web_toml;              // of virtkvm: the file to write for hotseat-web
    bool force = false;                // also when it is there already
  };

  explicit ImportCommand(Options options) : options_(std::move(options)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<void> write_web_toml(const std::string& text) const;

  Options options_;
};

}  // namespace hotseat::cli
