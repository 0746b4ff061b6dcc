// What an errno of an I2C transfer means (kernel: Documentation/i2c/fault-codes.rst).
#pragma once

#include <string>

#include "base/error.h"

namespace hotseat::adapters {

// The monitor did not acknowledge, or the bus was disturbed: another try may work.
bool worth_retrying(int error);

// The handle is dead, which happens across suspend and when a card is rebound: open it anew.
bool handle_is_stale(int error);

// The kernel refused before anything was sent: the monitor has seen nothing.
bool never_sent(int error);

struct Cause {
  std::string reason;
  std::string hint;
};

Cause open_cause(int error, int bus);
Cause transfer_cause(int error);

// "left (bus 3)"
std::string on_bus(const std::string& monitor, int bus);

}  // namespace hotseat::adapters
