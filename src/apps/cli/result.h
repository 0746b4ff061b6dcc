// How a command ends.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/error.h"

namespace hotseat::cli {

// Scripts rely on these numbers: hotseat(1), "EXIT STATUS".
enum class ExitStatus {
  done = 0,
  failed = 1,       // failed or rolled back
  usage = 2,        // wrong use of the command line, or a wrong configuration
  unreachable = 3,  // no daemon
  refused = 4,      // by a rule, by the bus policy or by permissions
};

struct Failure {
  ExitStatus status;
  Error error;
};

template <typename T>
using Result = tl::expected<T, Failure>;

inline tl::unexpected<Failure> fail_with(ExitStatus status, Error error) {
  return tl::make_unexpected(Failure{status, std::move(error)});
}

}  // namespace hotseat::cli
