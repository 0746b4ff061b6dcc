// A whole simulated workstation: the truth that the simulated ports observe and change.
//
// It outlives its ports: destroying them and making new ones is what a killed and restarted daemon
// looks like from here. Operations that libvirt was given go on to their end meanwhile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "sim/libvirtd.h"
#include "sim/machines.h"
#include "sim/pace.h"
#include "sim/programs.h"
#include "sim/screens.h"
#include "sim/usb_bus.h"

namespace hotseat::sim {

// One thread: the clock's. Everything in it calls back through that clock alone.
class Workstation {
 public:
  explicit Workstation(ports::Clock& clock, const Timing& timing = {}, std::uint64_t seed = 1);
  Workstation(const Workstation&) = delete;
  Workstation& operator=(const Workstation&) = delete;

  ports::Clock& clock() { return clock_; }
  Pace& pace() { return pace_; }
  UsbBus& usb() { return usb_; }
  Machines& machines() { return machines_; }
  Libvirtd& libvirtd() { return libvirtd_; }
  Screens& screens() { return screens_; }
  Programs& programs() { return programs_; }

  // Somebody else attaches a device to a running domain, at once, as virsh would: under an alias
  // like hostdev0, which is returned.
  Expected<std::string> attach_by_hand(const std::string& device, const DomainName& domain);

  // What a client did that it must never do, in words.
  void violation(const std::string& what) { violations_.push_back(what); }
  const std::vector<std::string>& violations() const { return violations_; }

 private:
  ports::Clock& clock_;
  Pace pace_;
  UsbBus usb_;
  Machines machines_;
  Libvirtd libvirtd_;
  Screens screens_;
  Programs programs_;
  std::vector<std::string> violations_;
};

}  // namespace hotseat::sim
