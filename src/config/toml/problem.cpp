#include "config/toml/problem.h"

#include <algorithm>
#include <utility>

namespace hotseat::config {

namespace {

std::string place(const std::string& file_name, Position at) {
  return file_name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string keyed_reason(const Problem& problem) {
  return problem.key.empty() ? problem.reason : problem.key + ": " + problem.reason;
}

}  // namespace

void Problems::add(Problem problem) {
  problems_.push_back(std::move(problem));
}

Error Problems::to_error(const std::string& file_name) const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Problem& a, const Problem& b) { return a.at < b.at; });
  const Problem& first = sorted.front();
  Error error{"read the configuration", place(file_name, first.at), {}, {}};
  if (sorted.size() == 1) {
    error.reason = keyed_reason(first);
    error.hint = first.hint;
    return error;
  }
  // The first stands at `object` already.
  error.reason = to_string({{}, {}, keyed_reason(first), first.hint});
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    error.reason +=
        '\n' +
        to_string({{}, place(file_name, sorted[i].at), keyed_reason(sorted[i]), sorted[i].hint});
  }
  return error;
}

}  // namespace hotseat::config
