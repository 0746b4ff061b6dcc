// Lets through so many in a row from each, and then one now and then: the leaky bucket as a meter.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "ports/clock.h"

namespace hotseat::service {

// Pure: time comes in as a value, and never goes back.
class RateLimit {
 public:
  // `burst` at once, at least one; later one `every` so often.
  RateLimit(unsigned burst, ports::Duration every) : burst_(burst), every_(every) {}

  // How many of theirs were held back since the last that was let through. Nothing: this one is.
  std::optional<std::size_t> admit(const std::string& whose, ports::Instant now);
  // Of whom anything is remembered; those who have been quiet for long are not.
  std::size_t remembered() const { return buckets_.size(); }

 private:
  struct Bucket {
    ports::Instant empty_at;
    std::size_t held_back = 0;
  };

  void forget_quiet_ones(ports::Instant now);

  unsigned burst_;
  ports::Duration every_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace hotseat::service
