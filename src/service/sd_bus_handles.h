// Owners of sd-bus objects. Not thread-safe: a bus and all that hangs on it belong to one thread.
#pragma once

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include <memory>

namespace hotseat::service {

struct SdClose {
  void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
  void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
  void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
};

using Bus = std::unique_ptr<sd_bus, SdClose>;
using BusSlot =
    std::unique_ptr<sd_bus_slot, SdClose>;  // destroying it withdraws what it stands for
using BusMessage = std::unique_ptr<sd_bus_message, SdClose>;
using EventSource = std::unique_ptr<sd_event_source, SdClose>;

}  // namespace hotseat::service
