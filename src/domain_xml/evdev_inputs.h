// The evdev nodes that a domain reads.
#pragma once

#include <pugixml.hpp>
#include <vector>

#include "domain/world.h"

namespace hotseat::domain_xml {

// <input type='passthrough'>, <input type='evdev'>, and what <qemu:commandline> adds past libvirt:
// -device virtio-input-host-…, -object input-linux.
std::vector<EvdevInput> evdev_inputs(const pugi::xml_node& domain);

}  // namespace hotseat::domain_xml
