// Which way a script goes: what stands in which branch of "if it is told to attach".
#pragma once

#include <vector>

#include "importers/shell.h"

namespace hotseat::importers {

enum class Direction { unknown, to_guest, to_host };

// Told every command in order; knows where it stands then.
class ScriptDirection {
 public:
  // The direction of this command.
  Direction follow(const ShellCommand& command);
  bool in_function() const { return in_function_; }

 private:
  Direction current() const;
  void follow_case(const ShellCommand& command);

  std::vector<Direction> branches_;  // of the ifs around
  Direction pattern_ = Direction::unknown;
  bool in_case_ = false;
  bool in_function_ = false;
};

}  // namespace hotseat::importers
