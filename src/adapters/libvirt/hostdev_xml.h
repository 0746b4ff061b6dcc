// The little XML that hot-plugging USB needs: written and read as a tree, never by pasting.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "domain/usb.h"
#include "domain/world.h"

namespace hotseat::adapters::libvirt {

// <hostdev mode='subsystem' type='usb'> for one device by bus and device number, under this alias
// (formatdomain.html, "USB / PCI / SCSI devices" and "Device aliases").
std::string hostdev_xml(const UsbAddress& address, const std::string& alias);

// The USB host devices in a domain's live XML. Fails on text that is not XML, is larger than
// kMaxDomainXml, or is not a domain. Entities of a DTD are never expanded, nothing is fetched.
Expected<std::vector<UsbAttachment>> usb_hostdevs(std::string_view domain_xml);

// libvirt carries no longer string (REMOTE_STRING_MAX, remote_protocol.x).
inline constexpr std::size_t kMaxDomainXml = 4U << 20U;

}  // namespace hotseat::adapters::libvirt
