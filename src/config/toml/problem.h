// What is wrong with a configuration file, and where.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace hotseat::config {

// Counted from 1; columns count code points.
struct Position {
  int line = 1;
  int column = 1;
  auto operator<=>(const Position&) const = default;
};

struct Problem {
  Position at;
  std::string key;     // "guest.win11.start"; empty for the file as a whole
  std::string reason;  // what was expected, what was found
  std::string hint;    // what to do about it
};

// Collects the problems of one file, so that a person sees all of them at once.
class Problems {
 public:
  void add(Problem problem);
  bool empty() const { return problems_.empty(); }
  // One error for all, in the order of the file. Call only when there is one.
  Error to_error(const std::string& file_name) const;

 private:
  std::vector<Problem> problems_;
};

}  // namespace hotseat::config
