// hotseat hook qemu VM OP SUBOP EXTRA: for libvirt, which calls it through a script in
// /etc/libvirt/hooks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "apps/cli/commands/command.h"

namespace hotseat::cli {

class HookCommand : public Command {
 public:
  // What follows "hotseat hook".
  explicit HookCommand(std::vector<std::string> words) : words_(std::move(words)) {}
  // First of all closes what libvirt has left open besides standard input, output and error.
  Result<ExitStatus> run(Console& console) override;

 private:
  std::vector<std::string> words_;
};

}  // namespace hotseat::cli
