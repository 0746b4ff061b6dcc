#include "app/homecoming.h"

#include <utility>

#include "domain/plan.h"

namespace hotseat::app {

DevicesByAddress devices_away(const Ports& ports, const World& world, const Seat& seat) {
  DevicesByAddress away;
  for (const DeviceSpec& spec : seat.devices) {
    for (const UsbDevice* device : resolve(world, spec)) {
      const auto driver = ports.usb.driver_now(device->address);
      if (driver && *driver != UsbDriver::host) away.emplace(device->address, spec.name);
    }
  }
  return away;
}

Homecoming::Homecoming(Ports ports, const DevicesByAddress& devices, Done done)
    : outstanding_(devices.size()),
      done_(std::move(done)),
      self_(std::make_shared<Homecoming*>(this)) {
  for (const auto& [address, name] : devices) {
    ports.usb.reclaim(
        address, [weak = std::weak_ptr(self_), device = name.str()](const Expected<void>& result) {
          if (auto self = weak.lock()) (*self)->reclaimed(device, result);
        });
  }
  if (devices.empty()) nothing_to_do_ = ports.clock.after({}, [this] { finish(); });
}

Homecoming::~Homecoming() = default;

void Homecoming::reclaimed(const std::string& device, const Expected<void>& result) {
  if (result) {
    result_.taken.push_back(device);
  } else {
    result_.problems.push_back(result.error());
  }
  if (--outstanding_ == 0) finish();
}

void Homecoming::finish() {
  auto done = std::exchange(done_, nullptr);
  if (done) done(result_);
}

}  // namespace hotseat::app
