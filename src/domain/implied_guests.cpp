#include "domain/implied_guests.h"

#include <algorithm>
#include <limits>

#include "domain/guest_inputs.h"

namespace hotseat {

namespace {

bool reads_clones(const World& world, const DomainName& domain) {
  const auto* inputs = world.inputs_of(domain);
  return inputs != nullptr && asks_for_clones(world, domain, *inputs);
}

// A target by that name is somebody else.
bool is_taken(const Seat& seat, const DomainName& domain) {
  return is_reserved_name(domain.str()) || seat.guest_by_domain(domain) != nullptr ||
         seat.guest(TargetName{domain.str()}) != nullptr;
}

std::uint64_t age(const World& world, const DomainName& name) {
  const Domain* domain = world.hypervisor.domain(name);
  const bool is_off = domain == nullptr || domain->started == 0;
  return is_off ? std::numeric_limits<std::uint64_t>::max() : domain->started;
}

}  // namespace

std::vector<DomainName> implied_guests(const World& world, const Seat& configured) {
  std::vector<DomainName> found;
  if (!configured.compat.vfio_kvm) return found;
  for (const Domain& domain : world.hypervisor.domains) found.push_back(domain.name);
  for (const auto& [name, inputs] : world.announced) found.push_back(name);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::erase_if(found, [&](const DomainName& domain) {
    return is_taken(configured, domain) || !reads_clones(world, domain);
  });
  std::stable_sort(found.begin(), found.end(), [&](const DomainName& one, const DomainName& other) {
    return age(world, one) < age(world, other);
  });
  return found;
}

Seat with_guests(const Seat& configured, const std::vector<DomainName>& implied) {
  Seat seat = configured;
  for (const DomainName& domain : implied) {
    GuestSpec guest;
    guest.name = TargetName{domain.str()};
    guest.domain = domain;
    seat.guests.push_back(std::move(guest));
  }
  return seat;
}

}  // namespace hotseat
