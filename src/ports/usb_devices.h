// The host's USB devices.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "domain/usb.h"
#include "ports/completion.h"

namespace hotseat::ports {

class UsbDevices {
 public:
  virtual ~UsbDevices() = default;

  // Starts observing: `changed` is called soon with all devices and again after every change
  // (plugged, unplugged, drivers bound or unbound). Called once. A device is reported from its
  // `add` on, with driver none until it is settled; by-id names are remembered while a guest has
  // it.
  virtual void observe(std::function<void(const std::vector<UsbDevice>&)> changed) = 0;

  // Who drives it this instant, read anew, without waiting (microseconds). Nothing when no such
  // device is plugged in.
  virtual std::optional<UsbDriver> driver_now(const UsbAddress& address) const = 0;

  // Last resort when no hypervisor answers: makes the kernel take the device from whoever has it
  // and bind the host's drivers again.
  virtual void reclaim(const UsbAddress& address, Done done) = 0;
};

}  // namespace hotseat::ports
