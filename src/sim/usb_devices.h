// The USB port over the simulated workstation.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ports/usb_devices.h"
#include "sim/agenda.h"
#include "sim/workstation.h"

namespace hotseat::sim {

class SimUsbDevices : public ports::UsbDevices {
 public:
  explicit SimUsbDevices(Workstation& workstation);

  void observe(std::function<void(const std::vector<UsbDevice>&)> changed) override;
  std::optional<UsbDriver> driver_now(const UsbAddress& address) const override;
  void reclaim(const UsbAddress& address, ports::Done done) override;

 private:
  struct Reclaim {
    UsbAddress address;
    ports::Done done;
  };

  void report();
  void answer_reclaims();
  void answer(ports::Done done, Expected<void> result);

  Workstation& workstation_;
  std::function<void(const std::vector<UsbDevice>&)> changed_;
  std::optional<std::vector<UsbDevice>> reported_;
  std::vector<Reclaim> reclaims_;
  Mail mail_;
  Listening bus_;
};

}  // namespace hotseat::sim
