// Takes devices back for the host when no hypervisor helps: through the kernel.
//
// A QEMU that ends cleanly asks the kernel to bind the host's drivers again; one that is killed
// does not, and the keyboard would stay without a driver for ever.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/ports.h"
#include "base/error.h"
#include "base/name.h"
#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat::app {

// By address, so that each is taken back once, with the name to tell it by.
using DevicesByAddress = std::map<UsbAddress, DeviceName>;

// The seat's plugged-in devices that no driver of the host has.
DevicesByAddress devices_away(const Ports& ports, const World& world, const Seat& seat);

// Loop thread only. Destroying it drops the answer.
class Homecoming {
 public:
  struct Result {
    std::vector<std::string> taken;
    std::vector<Error> problems;
  };
  using Done = std::function<void(const Result&)>;

  // Reclaims all of them. `done` is called once, later, with what was taken back and what could
  // not be. It must stay alive until `done` has returned.
  Homecoming(Ports ports, const DevicesByAddress& devices, Done done);
  Homecoming(const Homecoming&) = delete;
  Homecoming& operator=(const Homecoming&) = delete;
  ~Homecoming();

 private:
  void reclaimed(const std::string& device, const Expected<void>& result);
  void finish();

  Result result_;
  std::size_t outstanding_ = 0;
  Done done_;
  std::unique_ptr<ports::Timer> nothing_to_do_;
  std::shared_ptr<Homecoming*> self_;
};

}  // namespace hotseat::app
