#include "adapters/ddc/line.h"

#include <algorithm>
#include <utility>

#include "adapters/ddc/i2c_errors.h"

namespace hotseat::adapters {

DdcLine::DdcLine(int bus_number, std::unique_ptr<I2cBus> bus)
    : bus_number_(bus_number), bus_(std::move(bus)) {}

I2cResult DdcLine::send(std::span<const std::uint8_t> message, Milliseconds deaf) {
  const I2cResult result = bus_->write(message);
  // A message that was not acknowledged may still have kept the monitor busy.
  if (!never_sent(result.error)) quiet_until(result.ended + wire::kAfterMessage + deaf);
  return result;
}

I2cResult DdcLine::receive(std::span<std::uint8_t> reply) {
  const I2cResult result = bus_->read(reply);
  quiet_until(result.ended + wire::kAfterMessage);
  return result;
}

void DdcLine::quiet_until(ports::Instant instant) {
  not_before_ = std::max(not_before_, instant);
}

}  // namespace hotseat::adapters
