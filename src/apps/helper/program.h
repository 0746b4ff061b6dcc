// A program that works for `hotseat`: a request comes in on standard input, and its answer goes out
// on standard output. The other end is apps/cli/helper.h.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hotseat::helper {

struct Answer {
  int status = 0;  // what the program ends with, as hotseat(1) has it
  std::string document;
};

struct Program {
  std::string_view name;
  std::string_view help;
  std::function<Answer(const std::string& request)> answer;
};

// All of main(): what it returns is the exit status. Knows --help and no other argument.
int run(const Program& program, int argc, const char* const* argv);

}  // namespace hotseat::helper
