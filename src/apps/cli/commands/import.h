// hotseat import PROGRAM PATH: the settings of another program as hotseat.toml. Needs no daemon.
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
  };

  explicit ImportCommand(Options options) : options_(std::move(options)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Options options_;
};

}  // namespace hotseat::cli
