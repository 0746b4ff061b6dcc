// Guests that come by themselves.
#pragma once

#include <vector>

#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat {

// As vfio-kvm had it, so with [compat] vfio_kvm alone: a domain that nobody has configured is a
// target if it reads clones of its own name, or will once it has started. In the order in which
// they have started; those that are off come last.
std::vector<DomainName> implied_guests(const World& world, const Seat& configured);

// With these guests behind those of the configuration, which know nothing but their domain.
Seat with_guests(const Seat& configured, const std::vector<DomainName>& implied);

}  // namespace hotseat
