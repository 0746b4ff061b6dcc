// The wire to one monitor, with the pauses DDC/CI asks for.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <variant>

#include "adapters/ddc/i2c_bus.h"
#include "domain/seat.h"
#include "ports/clock.h"
#include "wire/ddc.h"

namespace hotseat::adapters {

// Never waits: it says from when on the next message may start, and the caller comes back then.
class DdcLine {
 public:
  DdcLine(int bus_number, std::unique_ptr<I2cBus> bus);

  int bus_number() const { return bus_number_; }
  ports::Instant not_before() const { return not_before_; }

  int open() { return bus_->open(); }
  void close() { bus_->close(); }

  // `deaf` is how long the monitor stays deaf afterwards beyond what the standard grants it.
  I2cResult send(std::span<const std::uint8_t> message, Milliseconds deaf = Milliseconds{0});
  I2cResult receive(std::span<std::uint8_t> reply);
  I2cResult read_edid(std::span<std::uint8_t> block) { return bus_->read_edid(block); }

 private:
  void quiet_until(ports::Instant instant);

  const int bus_number_;
  std::unique_ptr<I2cBus> bus_;
  ports::Instant not_before_{};
};

// What a piece of work answers to each step: call me again then, or I am done, with this.
template <typename Result>
using Progress = std::variant<ports::Instant, Result>;

}  // namespace hotseat::adapters
