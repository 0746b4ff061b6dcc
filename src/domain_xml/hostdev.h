// USB host devices of a domain: written and read as a tree, never by pasting.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "domain/usb.h"
#include "domain/world.h"

namespace hotseat::domain_xml {

// <hostdev mode='subsystem' type='usb'> for one device by bus and device number, under this alias
// (formatdomain.html, "USB / PCI / SCSI devices" and "Device aliases").
std::string hostdev_xml(const UsbAddress& address, const std::string& alias);

std::vector<UsbAttachment> usb_hostdevs(const pugi::xml_node& domain);

}  // namespace hotseat::domain_xml
