// How a request ends.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/error.h"

namespace hotseat::guest {

// The numbers of hotseat(1), which ends with them.
enum class Status { done = 0, failed = 1, usage = 2, refused = 4 };

struct Failure {
  Status status = Status::failed;
  Error error;
  std::vector<std::string> known;  // when something was not found: what there is
};

template <typename T>
using Result = tl::expected<T, Failure>;

inline tl::unexpected<Failure> fail_with(Status status, Error error) {
  return tl::make_unexpected(Failure{status, std::move(error), {}});
}

}  // namespace hotseat::guest
