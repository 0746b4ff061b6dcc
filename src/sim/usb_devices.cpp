#include "sim/usb_devices.h"

#include <utility>

namespace hotseat::sim {

SimUsbDevices::SimUsbDevices(Workstation& workstation)
    : workstation_(workstation), mail_(workstation.clock()) {
  bus_ = workstation_.usb().listen([this] {
    report();
    answer_reclaims();
  });
}

void SimUsbDevices::observe(std::function<void(const std::vector<UsbDevice>&)> changed) {
  changed_ = std::move(changed);
  report();
}

std::optional<UsbDriver> SimUsbDevices::driver_now(const UsbAddress& address) const {
  return workstation_.usb().driver_at(address);
}

void SimUsbDevices::reclaim(const UsbAddress& address, ports::Done done) {
  if (auto begun = workstation_.usb().reclaim(address); !begun)
    return answer(std::move(done), begun);
  reclaims_.push_back({address, std::move(done)});
  answer_reclaims();
}

// A reclaim ends when the host's drivers are bound, or when the device has gone.
void SimUsbDevices::answer_reclaims() {
  std::vector<Reclaim> open;
  for (Reclaim& reclaim : std::exchange(reclaims_, {})) {
    if (driver_now(reclaim.address) == UsbDriver::host) {
      answer(std::move(reclaim.done), {});
    } else if (!driver_now(reclaim.address)) {
      answer(std::move(reclaim.done),
             fail({"reclaim a device", to_string(reclaim.address), "it was unplugged", ""}));
    } else {
      open.push_back(std::move(reclaim));
    }
  }
  reclaims_ = std::move(open);
}

void SimUsbDevices::answer(ports::Done done, Expected<void> result) {
  mail_.deliver(workstation_.pace().draw(workstation_.pace().timing().event),
                [done = std::move(done), result = std::move(result)] { done(result); });
}

void SimUsbDevices::report() {
  if (!changed_) return;
  auto devices = workstation_.usb().devices();
  if (reported_ == devices) return;
  reported_ = devices;
  mail_.deliver(workstation_.pace().draw(workstation_.pace().timing().event),
                [this, devices = std::move(devices)] { changed_(devices); });
}

}  // namespace hotseat::sim
