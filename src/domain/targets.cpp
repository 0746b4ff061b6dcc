// Which target a word means, which one comes next, which one has the seat.
#include <algorithm>

#include "domain/plan.h"

namespace hotseat {

namespace {

bool can_be_cycled_to(const World& world, const GuestSpec& guest) {
  const Domain* domain = world.hypervisor.domain(guest.domain);
  if (domain == nullptr) return false;
  if (domain->state == DomainState::running) return true;
  const bool off = domain->state == DomainState::shutoff || domain->state == DomainState::crashed;
  return off && guest.start == StartPolicy::automatic;
}

tl::expected<TargetName, Refusal> any_guest(const World& world, const Seat& seat) {
  if (seat.guests.size() == 1) return seat.guests.front().name;
  const GuestSpec* first = nullptr;
  std::uint64_t first_started = 0;
  for (const GuestSpec& guest : seat.guests) {
    const Domain* domain = world.hypervisor.domain(guest.domain);
    if (domain == nullptr || domain->state != DomainState::running) continue;
    if (first == nullptr || domain->started < first_started) {
      first = &guest;
      first_started = domain->started;
    }
  }
  if (first != nullptr) return first->name;
  return tl::make_unexpected(Refusal{Rule::no_running_guest, "no guest is running",
                                     "name the guest to start it: hotseat guests lists them"});
}

struct Tally {
  std::size_t present = 0;
  std::size_t held = 0;
};

bool holds(const World& world, const UsbDevice& device, const DomainName& domain) {
  const Domain* holder = world.holder_of(device.address);
  return holder != nullptr && holder->name == domain;
}

}  // namespace

tl::expected<TargetName, Refusal> resolve_target(const World& world, const Seat& seat,
                                                 const std::string& text) {
  TargetName name{text};
  if (seat.target(name) != nullptr) return name;
  if (text == "guest" && !seat.guests.empty()) return any_guest(world, seat);
  std::string known = kHost.str();
  for (const GuestSpec& guest : seat.guests) known += ", " + guest.name.str();
  return tl::make_unexpected(
      Refusal{Rule::unknown_target, "no target \"" + text + "\"", "there are: " + known});
}

TargetName next_target(const World& world, const Seat& seat) {
  std::vector<TargetName> ring{kHost};
  for (const GuestSpec& guest : seat.guests) {
    if (guest.name == world.owner || can_be_cycled_to(world, guest)) ring.push_back(guest.name);
  }
  auto current = std::find(ring.begin(), ring.end(), world.owner);
  if (current == ring.end() || ++current == ring.end()) return kHost;
  return *current;
}

TargetName observed_owner(const World& world, const Seat& seat) {
  for (const GuestSpec& guest : seat.guests) {
    if (!is_alive(world, seat, guest.name)) continue;
    Tally needed;
    Tally optional;
    for (const DeviceSpec& spec : seat.devices) {
      if (spec.transport == Transport::evdev) continue;  // the host's own whenever hotseatd starts
      Tally& tally = spec.optional ? optional : needed;
      for (const UsbDevice* device : resolve(world, spec)) {
        ++tally.present;
        if (holds(world, *device, guest.domain)) ++tally.held;
      }
    }
    // An optional device that stayed behind follows later; it does not call the seat back.
    const Tally& judge = needed.present > 0 ? needed : optional;
    if (judge.present > 0 && judge.present == judge.held) return guest.name;
  }
  return kHost;
}

}  // namespace hotseat
