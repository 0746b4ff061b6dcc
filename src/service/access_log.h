// What is told of those who come to the doors. Nobody fills the journal by asking in vain: of what
// they get nothing for, each has so many lines, then one now and then that counts the others.
#pragma once

#include <chrono>
#include <string>

#include "ports/clock.h"
#include "ports/reports.h"
#include "service/rate_limit.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it.
class AccessLog {
 public:
  AccessLog(ports::Clock& clock, ports::Reports& log) : clock_(clock), log_(log) {}

  // Something was done for them.
  void tell(const std::string& text);
  // Nothing was. False: it was counted only, and others need not hear of it either.
  bool tell_in_vain(const std::string& whose, const std::string& text);

 private:
  static constexpr unsigned kAtOnce = 10;
  static constexpr std::chrono::seconds kLater{10};

  ports::Clock& clock_;
  ports::Reports& log_;
  RateLimit limit_{kAtOnce, kLater};
};

}  // namespace hotseat::service
