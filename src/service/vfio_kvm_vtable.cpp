#include "service/vfio_kvm_vtable.h"

#include <cerrno>
#include <string_view>

#include "service/documents.h"
#include "service/vfio_kvm.h"

namespace hotseat::service {

int VfioKvmVtable::on_toggle(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<VfioKvm*>(self)->toggle(call);
}

int VfioKvmVtable::on_prepare(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<VfioKvm*>(self)->prepare(call);
}

int VfioKvmVtable::on_release(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<VfioKvm*>(self)->release(call);
}

int VfioKvmVtable::get(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply,
                       void* self, sd_bus_error*) {
  return sd_bus_message_append(reply, "s", utf8(static_cast<VfioKvm*>(self)->target()).c_str());
}

// on_call() comes first.
int VfioKvmVtable::never_set(sd_bus*, const char*, const char*, const char*, sd_bus_message*, void*,
                             sd_bus_error*) {
  return -EOPNOTSUPP;
}

int VfioKvmVtable::on_call(sd_bus_message* call, void* self, sd_bus_error* error) {
  if (sd_bus_message_is_method_call(call, "org.freedesktop.DBus.Properties", "Set") <= 0) return 0;
  const char* interface = nullptr;
  const char* property = nullptr;
  int result = sd_bus_message_read(call, "ss", &interface, &property);
  if (result < 0) return result;
  if (std::string_view(interface) != kVfioKvmInterface || std::string_view(property) != "Target") {
    result = sd_bus_message_rewind(call, true);
    return result < 0 ? result : 0;
  }
  const char* name = nullptr;
  if (sd_bus_message_read(call, "v", "s", &name) < 0) {
    return sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS, "Target is a string");
  }
  return static_cast<VfioKvm*>(self)->write_target(call, name);
}

const sd_bus_vtable* VfioKvmVtable::entries() {
  // Who may call is the bus policy's business (dist/dbus).
  constexpr std::uint64_t kOpen = SD_BUS_VTABLE_UNPRIVILEGED;
#define HOTSEAT_HOOK_PARAMETERS \
  SD_BUS_PARAM(vm) SD_BUS_PARAM(sub_operation) SD_BUS_PARAM(extra) SD_BUS_PARAM(xml)
  static const sd_bus_vtable table[] = {
      SD_BUS_VTABLE_START(0),
      SD_BUS_METHOD_WITH_NAMES("Toggle", "", , "s", SD_BUS_PARAM(target), &VfioKvmVtable::on_toggle,
                               kOpen),
      SD_BUS_METHOD_WITH_NAMES("Prepare", "ssss", HOTSEAT_HOOK_PARAMETERS, "b",
                               SD_BUS_PARAM(may_start), &VfioKvmVtable::on_prepare, kOpen),
      SD_BUS_METHOD_WITH_NAMES("Release", "ssss", HOTSEAT_HOOK_PARAMETERS, "b", SD_BUS_PARAM(done),
                               &VfioKvmVtable::on_release, kOpen),
      SD_BUS_WRITABLE_PROPERTY("Target", "s", &VfioKvmVtable::get, &VfioKvmVtable::never_set, 0,
                               SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE | kOpen),
      SD_BUS_VTABLE_END};
#undef HOTSEAT_HOOK_PARAMETERS
  return table;
}

}  // namespace hotseat::service
