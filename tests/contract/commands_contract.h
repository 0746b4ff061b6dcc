// What an adapter that runs the user's commands must do, whatever is behind it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "ports/commands.h"
#include "tests/contract/rig.h"

namespace hotseat::contract {

class CommandsRig : public Rig {
 public:
  virtual ports::Commands& commands() = 0;

  virtual CommandSpec succeeding() = 0;
  virtual CommandSpec failing() = 0;  // runs, and exits with a status that is not 0
  virtual CommandSpec endless() = 0;  // with a short timeout
  virtual CommandSpec missing() = 0;  // there is no such program
  virtual CommandSpec reporting_environment() = 0;
  // What the last command made by reporting_environment() found.
  virtual std::map<std::string, std::string> environment_found() = 0;
};

class CommandsContract : public testing::TestWithParam<RigMaker<CommandsRig>> {
 protected:
  Answer run(const CommandSpec& command,
             const std::map<std::string, std::string>& environment = {});

  std::unique_ptr<CommandsRig> rig_ = GetParam().make();
};

}  // namespace hotseat::contract
