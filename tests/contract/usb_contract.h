// What an adapter of the host's USB devices must do, whatever is behind it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ports/usb_devices.h"
#include "tests/contract/rig.h"

namespace hotseat::contract {

// A fresh rig: "keyboard", "twin-a" and "twin-b" (one id, two serials) are plugged in and the
// host's; "mouse" is not plugged in. A guest runs.
class UsbRig : public Rig {
 public:
  virtual ports::UsbDevices& usb() = 0;

  virtual DeviceMatch match_of(const std::string& device) = 0;
  virtual void plug(const std::string& device) = 0;
  virtual void unplug(const std::string& device) = 0;
  // Out of the port's sight: the guest gets it, or gives it back.
  virtual void give_to_guest(const std::string& device) = 0;
  virtual void take_from_guest(const std::string& device) = 0;
  virtual void kill_guest() = 0;  // its QEMU gets no chance to give anything back
};

class UsbContract : public testing::TestWithParam<RigMaker<UsbRig>> {
 protected:
  void observe();
  const UsbDevice* seen(const std::string& device) const;
  bool seen_with(const std::string& device, UsbDriver driver);
  // usbfs drives it, or nobody does: for a guest that never configures it.
  bool seen_without_host(const std::string& device);

  std::unique_ptr<UsbRig> rig_ = GetParam().make();
  std::vector<std::vector<UsbDevice>> lists_;
};

}  // namespace hotseat::contract
