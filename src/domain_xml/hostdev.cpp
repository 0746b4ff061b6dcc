#include "domain_xml/hostdev.h"

#include <charconv>
#include <sstream>
#include <string_view>

namespace hotseat::domain_xml {
namespace {

// libvirt writes both numbers in decimal. 0 is no USB bus or device: "not known".
unsigned number_of(const pugi::xml_attribute& attribute) {
  const std::string_view text = attribute.value();
  unsigned value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = problem == std::errc{} && end == text.data() + text.size();
  return whole ? value : 0;
}

// The address in <source> is the host's; one outside it is where the guest sees the device.
UsbAddress address_of(const pugi::xml_node& hostdev) {
  const auto address = hostdev.child("source").child("address");
  const UsbAddress found{number_of(address.attribute("bus")),
                         number_of(address.attribute("device"))};
  return found.bus == 0 || found.device == 0 ? UsbAddress{} : found;
}

bool is_usb(const pugi::xml_node& hostdev) {
  return std::string_view(hostdev.attribute("mode").value()) == "subsystem" &&
         std::string_view(hostdev.attribute("type").value()) == "usb";
}

}  // namespace

std::string hostdev_xml(const UsbAddress& address, const std::string& alias) {
  pugi::xml_document document;
  auto hostdev = document.append_child("hostdev");
  hostdev.append_attribute("mode") = "subsystem";
  hostdev.append_attribute("type") = "usb";
  // "managed" is for PCI; for USB, QEMU itself takes the device from the host's drivers and binds
  // them again when it closes it.
  hostdev.append_attribute("managed") = "no";
  auto source = hostdev.append_child("source").append_child("address");
  source.append_attribute("bus") = address.bus;
  source.append_attribute("device") = address.device;
  hostdev.append_child("alias").append_attribute("name") = alias.c_str();
  std::ostringstream text;
  document.save(text, "", pugi::format_raw | pugi::format_no_declaration);
  return text.str();
}

std::vector<UsbAttachment> usb_hostdevs(const pugi::xml_node& domain) {
  std::vector<UsbAttachment> found;
  for (const auto& hostdev : domain.child("devices").children("hostdev")) {
    if (!is_usb(hostdev)) continue;
    found.push_back({hostdev.child("alias").attribute("name").value(), address_of(hostdev)});
  }
  return found;
}

}  // namespace hotseat::domain_xml
