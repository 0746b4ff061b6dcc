#include "service/rate_limit.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hotseat::service {

std::optional<std::size_t> RateLimit::admit(const std::string& whose, ports::Instant now) {
  forget_quiet_ones(now);
  Bucket& bucket = buckets_[whose];
  const ports::Instant empty_at = std::max(bucket.empty_at, now);
  if (empty_at - now > (burst_ - 1) * every_) {
    ++bucket.held_back;
    return std::nullopt;
  }
  bucket.empty_at = empty_at + every_;
  return std::exchange(bucket.held_back, 0);
}

// Whose bucket is empty begins anew, unless there is something left to tell.
void RateLimit::forget_quiet_ones(ports::Instant now) {
  for (auto bucket = buckets_.begin(); bucket != buckets_.end();) {
    const bool is_quiet = bucket->second.empty_at <= now && bucket->second.held_back == 0;
    bucket = is_quiet ? buckets_.erase(bucket) : std::next(bucket);
  }
}

}  // namespace hotseat::service
