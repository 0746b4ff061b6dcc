#include "service/identified_calls.h"

#include <iterator>
#include <utility>

namespace hotseat::service {

int IdentifiedCalls::identify_and(sd_bus_message* call, Then then) {
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
  pending.all->pending_.erase(pending.position);
  then(identify_caller(credentials), std::move(call));
  return 0;
}

}  // namespace hotseat::service
