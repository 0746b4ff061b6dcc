// The arguments of QEMU's -object and -device, in both of their notations.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace hotseat::domain_xml {

struct QemuOptions {
  std::string type;  // what to make: "input-linux", "virtio-input-host-pci"
  std::map<std::string, std::string, std::less<>> values;

  std::string value(std::string_view key) const;  // "" when it is not there
  bool is_on(std::string_view key) const;
};

// "input-linux,id=kbd,evdev=/dev/…,grab_all=on" (a comma inside a value is doubled), or a JSON
// object with "qom-type" or "driver". Without a type for what is neither.
QemuOptions parse_qemu_options(std::string_view text);

}  // namespace hotseat::domain_xml
