#include "adapters/udev/udev_database.h"

#include <systemd/sd-device.h>

#include <memory>

#include "adapters/udev/by_id.h"

namespace hotseat::adapters {

namespace {

struct Unref {
  void operator()(sd_device* device) const { sd_device_unref(device); }
  void operator()(sd_device_enumerator* list) const { sd_device_enumerator_unref(list); }
};
using Device = std::unique_ptr<sd_device, Unref>;
using Enumerator = std::unique_ptr<sd_device_enumerator, Unref>;

bool is_initialized(sd_device* device) {
  return sd_device_get_is_initialized(device) > 0;
}

// Udev keeps no record of a device that has neither a node nor properties: only nodes tell whether
// it has been here.
bool is_pending(sd_device* input) {
  dev_t number = 0;
  return sd_device_get_devnum(input, &number) >= 0 && !is_initialized(input);
}

Enumerator input_devices_below(sd_device* device) {
  sd_device_enumerator* raw = nullptr;
  if (sd_device_enumerator_new(&raw) < 0) return nullptr;
  Enumerator list(raw);
  if (sd_device_enumerator_allow_uninitialized(raw) < 0 ||
      sd_device_enumerator_add_match_parent(raw, device) < 0 ||
      sd_device_enumerator_add_match_subsystem(raw, "input", 1) < 0) {
    return nullptr;
  }
  return list;
}

void add_by_id_names(sd_device* input, std::vector<std::string>& names) {
  for (const char* link = sd_device_get_devlink_first(input); link != nullptr;
       link = sd_device_get_devlink_next(input)) {
    if (auto name = by_id_name(link)) names.push_back(std::move(*name));
  }
}

}  // namespace

UdevFacts look_up_in_udev(const UsbNode& node) {
  UdevFacts facts;
  sd_device* raw = nullptr;
  if (sd_device_new_from_subsystem_sysname(&raw, "usb", node.port.c_str()) < 0) return facts;
  Device device(raw);
  facts.initialized = is_initialized(raw);
  const char* serial_id = nullptr;
  if (sd_device_get_property_value(raw, "ID_SERIAL", &serial_id) >= 0) facts.serial_id = serial_id;
  auto inputs = input_devices_below(raw);
  if (!inputs) return facts;
  for (sd_device* input = sd_device_enumerator_get_device_first(inputs.get()); input != nullptr;
       input = sd_device_enumerator_get_device_next(inputs.get())) {
    if (is_pending(input)) facts.initialized = false;
    add_by_id_names(input, facts.by_id);
  }
  return facts;
}

}  // namespace hotseat::adapters
