// Programs that work for this one: what needs a library that the command line should not have.
#pragma once

#include <string>

#include "apps/cli/result.h"

namespace hotseat::cli {

// Where it is: in libexec beside this program when installed, in the same directory in a build
// tree.
Result<std::string> find_helper(const std::string& name);

struct HelperEnd {
  int status = 0;
  std::string output;
};

// Runs it with `input` on its standard input, until it ends. `context` is what it is done for, in
// errors. One that is killed has failed.
Result<HelperEnd> run_helper(const std::string& program, const std::string& input,
                             const std::string& context);

}  // namespace hotseat::cli
