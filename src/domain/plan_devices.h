// The USB half of planning: which device has to leave which domain, and where it goes.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "domain/plan.h"

namespace hotseat {

// A domain's hold on a device, to be ended.
struct Holding {
  DomainName domain;
  UsbAddress address;
  std::string alias;
  bool stale = false;  // in name only: the device has been unplugged, replugged or taken back since
};

struct DeviceMove {
  DeviceName device;
  std::vector<Holding> out_of;
  std::optional<DomainName> into;  // none: to the host
  UsbAddress address;              // of the device that moves
  bool required = true;
};

struct DeviceMoves {
  std::vector<DeviceMove> moves;
  std::vector<std::string> notes;
};

enum class Leniency {
  refuse,  // a device that is absent or cannot be told apart refuses the switch
  skip,    // it is left out with a note
};

tl::expected<DeviceMoves, Refusal> plan_devices(const World& world, const Seat& seat,
                                                const TargetName& target, Leniency leniency);

}  // namespace hotseat
