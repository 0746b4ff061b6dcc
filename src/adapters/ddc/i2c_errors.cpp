#include "adapters/ddc/i2c_errors.h"

#include <cerrno>
#include <system_error>

namespace hotseat::adapters {

namespace {

std::string message(int error) {
  return std::generic_category().message(error);
}

Cause gone() {
  return {"the bus is gone", "it comes back when its graphics card is the host's again"};
}

}  // namespace

bool worth_retrying(int error) {
  switch (error) {
    case ENXIO:      // no acknowledge, most drivers
    case EREMOTEIO:  // no acknowledge, some
    case EIO:        // no acknowledge, the rest; and everything else
    case EAGAIN:     // arbitration lost
    case EBUSY:      // somebody else's transfer
    case ETIMEDOUT:
    case EPROTO:
      return true;
    default:
      return false;
  }
}

bool handle_is_stale(int error) {
  return error == EACCES || error == ENODEV || error == EIO || error == EBADF;
}

bool never_sent(int error) {
  return error == EACCES || error == ENODEV || error == EBADF;
}

Cause open_cause(int error, int bus) {
  const std::string node = "/dev/i2c-" + std::to_string(bus);
  switch (error) {
    case EBUSY:
      return {"a kernel driver holds the monitor's address",
              "unload it, mostly \"modprobe -r ddcci\", and keep it from loading"};
    case EACCES:
    case EPERM:
      return {"no permission to open " + node, "the daemon needs to read and write it"};
    case ENOENT:
      return {"there is no " + node, "load the i2c-dev module: \"modprobe i2c-dev\""};
    case ENODEV:
    case ENXIO:
      return gone();
    default:
      return {node + " does not open: " + message(error), ""};
  }
}

Cause transfer_cause(int error) {
  switch (error) {
    case ENXIO:
    case EREMOTEIO:
    case EIO:
      return {
          "the monitor does not acknowledge (" + message(error) + ")",
          "is it on, and is DDC/CI enabled in its menu? Many listen only on the input they show"};
    case ETIMEDOUT:
      return {"the bus does not react (" + message(error) + ")",
              "unplug the monitor's cable and plug it in again"};
    case EAGAIN:
    case EBUSY:
      return {"the bus is busy (" + message(error) + ")",
              "does another program talk to the monitor, ddcutil for one?"};
    case ENODEV:
      return gone();
    default:
      return {message(error), ""};
  }
}

std::string on_bus(const std::string& monitor, int bus) {
  return monitor + " (bus " + std::to_string(bus) + ")";
}

}  // namespace hotseat::adapters
