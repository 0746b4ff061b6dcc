// One I2C bus as the DDC code sees it: three transfers, each with the time it ended.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "ports/clock.h"

namespace hotseat::adapters {

struct I2cResult {
  int error = 0;         // errno, 0 when every byte was acknowledged
  ports::Instant ended;  // pauses that DDC/CI asks for count from here
};

// Used by one thread. Calls block until the adapter's driver is done with the transfer or gives up:
// milliseconds as a rule, a second or so on a bus that hangs.
class I2cBus {
 public:
  virtual ~I2cBus() = default;

  // Gets ready to talk to the display at 0x37. Open already is success. Returns errno: EBUSY when
  // a kernel driver has claimed that address.
  virtual int open() = 0;
  virtual void close() = 0;

  // All need open() first.
  virtual I2cResult write(std::span<const std::uint8_t> message) = 0;  // to 0x37
  virtual I2cResult read(std::span<std::uint8_t> reply) = 0;           // from 0x37
  virtual I2cResult read_edid(std::span<std::uint8_t> block) = 0;      // from 0x50, offset 0
};

// Makes the bus with this number; touches no hardware.
using MakeI2cBus = std::function<std::unique_ptr<I2cBus>(int number)>;

}  // namespace hotseat::adapters
