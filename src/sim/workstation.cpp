#include "sim/workstation.h"

namespace hotseat::sim {

Workstation::Workstation(ports::Clock& clock, const Timing& timing, std::uint64_t seed)
    : clock_(clock),
      pace_(timing, seed),
      usb_(clock, pace_),
      machines_(clock, pace_, usb_),
      libvirtd_(clock, pace_, machines_),
      screens_(clock) {}

Expected<std::string> Workstation::attach_by_hand(const std::string& device,
                                                  const DomainName& domain) {
  for (int number = 0;; ++number) {
    const std::string alias = "hostdev" + std::to_string(number);
    if (machines_.has_alias(domain, alias)) continue;
    auto plugged = machines_.plug(domain, usb_.address_of(device), alias);
    if (!plugged) return fail(plugged.error());
    return alias;
  }
}

}  // namespace hotseat::sim
