// hotseat snippets VM: text to paste into a guest.
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class SnippetsCommand : public Command {
 public:
  struct Options {
    std::string vm;
    std::string url = "https://192.168.122.1:8674";  // the host on libvirt's default network
    std::string token;
  };

  explicit SnippetsCommand(Options options) : options_(std::move(options)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Options options_;
};

}  // namespace hotseat::cli
