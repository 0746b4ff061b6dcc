#include "adapters/ddc/dev_i2c_bus.h"

#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "wire/ddc.h"
#include "wire/edid.h"

namespace hotseat::adapters {

namespace {

I2cResult ended(int error) {
  return {error, std::chrono::steady_clock::now()};
}

// i2c-dev transfers all or nothing; anything short is the driver's fault.
int outcome(ssize_t moved, std::size_t wanted) {
  if (moved < 0) return errno;
  return static_cast<std::size_t>(moved) == wanted ? 0 : EIO;
}

}  // namespace

DevI2cBus::DevI2cBus(std::string path) : path_(std::move(path)) {}

int DevI2cBus::open() {
  if (fd_) return 0;
  UniqueFd fd(::open(path_.c_str(), O_RDWR | O_CLOEXEC));
  if (!fd) return errno;
  // I2C_SLAVE, not I2C_SLAVE_FORCE: two masters of one conversation garble each other's replies.
  if (ioctl(fd.get(), I2C_SLAVE, wire::kDdcAddress) < 0) return errno;
  fd_ = std::move(fd);
  return 0;
}

void DevI2cBus::close() {
  fd_.reset();
}

I2cResult DevI2cBus::write(std::span<const std::uint8_t> message) {
  return ended(outcome(::write(fd_.get(), message.data(), message.size()), message.size()));
}

I2cResult DevI2cBus::read(std::span<std::uint8_t> reply) {
  return ended(outcome(::read(fd_.get(), reply.data(), reply.size()), reply.size()));
}

I2cResult DevI2cBus::read_edid(std::span<std::uint8_t> block) {
  std::uint8_t offset = 0;
  std::array<i2c_msg, 2> messages{{
      {wire::kEdidAddress, 0, 1, &offset},
      {wire::kEdidAddress, I2C_M_RD, static_cast<std::uint16_t>(block.size()), block.data()},
  }};
  i2c_rdwr_ioctl_data transfer{messages.data(), messages.size()};
  return ended(ioctl(fd_.get(), I2C_RDWR, &transfer) < 0 ? errno : 0);
}

}  // namespace hotseat::adapters
