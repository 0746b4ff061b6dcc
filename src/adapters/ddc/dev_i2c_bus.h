// An I2C bus through the kernel's /dev/i2c-N (Documentation/i2c/dev-interface.rst).
#pragma once

#include <string>

#include "adapters/ddc/i2c_bus.h"
#include "base/unique_fd.h"

namespace hotseat::adapters {

// Keeps the node open between transfers. While it is open the kernel cannot remove the adapter:
// i2c_del_adapter() waits for the last user, and with it the unbinding of a graphics card
// (drivers/i2c/i2c-core-base.c). Whoever learns that a bus is going must close it.
class DevI2cBus : public I2cBus {
 public:
  explicit DevI2cBus(std::string path);  // "/dev/i2c-3"

  int open() override;
  void close() override;
  I2cResult write(std::span<const std::uint8_t> message) override;
  I2cResult read(std::span<std::uint8_t> reply) override;
  I2cResult read_edid(std::span<std::uint8_t> block) override;

 private:
  std::string path_;
  UniqueFd fd_;
};

}  // namespace hotseat::adapters
