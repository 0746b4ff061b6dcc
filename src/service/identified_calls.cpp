#include "service/identified_calls.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hotseat::service {

namespace {

// Programs that stay on the bus are few.
constexpr std::size_t kMostKnown = 8;

}  // namespace

int IdentifiedCalls::identify_and(sd_bus_message* call, Then then) {
  const Caller* known = find(sd_bus_message_get_sender(call));
  // Nobody overtakes a call that is still being asked about.
  if (known != nullptr && pending_.empty()) {
    then(Caller(*known), BusMessage(sd_bus_message_ref(call)));
    return 1;
  }
  pending_.push_back({this, BusMessage(sd_bus_message_ref(call)), std::move(then), nullptr, {}});
  Pending& pending = pending_.back();
  pending.position = std::prev(pending_.end());
  sd_bus_slot* slot = nullptr;
  const int result = sd_bus_call_method_async(
      sd_bus_message_get_bus(call), &slot, "org.freedesktop.DBus", "/org/freedesktop/DBus",
      "org.freedesktop.DBus", "GetConnectionCredentials", &IdentifiedCalls::identified, &pending,
      "s", sd_bus_message_get_sender(call));
  pending.lookup.reset(slot);
  if (result < 0) pending_.pop_back();
  return result < 0 ? result : 1;
}

int IdentifiedCalls::identified(sd_bus_message* credentials, void* pending_call, sd_bus_error*) {
  auto& pending = *static_cast<Pending*>(pending_call);
  const Then then = std::move(pending.then);
  BusMessage call = std::move(pending.call);
  IdentifiedCalls& all = *pending.all;
  all.pending_.erase(pending.position);
  const Caller who = identify_caller(credentials);
  all.remember(sd_bus_message_get_sender(call.get()), who);
  then(who, std::move(call));
  return 0;
}

void IdentifiedCalls::clear() {
  pending_.clear();
  known_.clear();  // a bus that was started anew begins with its names anew
}

const Caller* IdentifiedCalls::find(const std::string& name) const {
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& known) { return known.name == name; });
  return found == known_.end() ? nullptr : &found->caller;
}

void IdentifiedCalls::remember(std::string name, Caller caller) {
  if (caller.requester.name.empty() || find(name) != nullptr) return;
  if (known_.size() == kMostKnown) known_.pop_front();
  known_.push_back({std::move(name), std::move(caller)});
}

}  // namespace hotseat::service
