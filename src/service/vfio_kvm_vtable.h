// The methods and the property of vfio.kvm as sd-bus wants them listed.
#pragma once

#include <systemd/sd-bus.h>

namespace hotseat::service {

inline constexpr const char* kVfioKvmInterface = "vfio.kvm";

struct VfioKvmVtable {
  // The userdata of every entry is the VfioKvm.
  static const sd_bus_vtable* entries();
  // A handler of the whole object, called first. Writes Target, which sd-bus would have answered
  // before the switch has ended.
  static int on_call(sd_bus_message* call, void* self, sd_bus_error* error);

 private:
  static int on_toggle(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_prepare(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_release(sd_bus_message* call, void* self, sd_bus_error* error);
  static int get(sd_bus* bus, const char* path, const char* interface, const char* property,
                 sd_bus_message* reply, void* self, sd_bus_error* error);
  static int never_set(sd_bus* bus, const char* path, const char* interface, const char* property,
                       sd_bus_message* value, void* self, sd_bus_error* error);
};

}  // namespace hotseat::service
