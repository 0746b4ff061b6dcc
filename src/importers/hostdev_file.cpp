#include "importers/hostdev_file.h"

#include <charconv>
#include <string>

#include "domain_xml/document.h"

namespace hotseat::importers {

namespace {

// formatdomain.html, "hostdev": "0x046d"; libvirt takes decimal too.
std::optional<std::uint16_t> number(std::string_view text) {
  const int base = text.starts_with("0x") ? 16 : 10;
  if (base == 16) text.remove_prefix(2);
  std::uint16_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

std::optional<UsbId> id_of(const pugi::xml_node& hostdev) {
  const auto source = hostdev.child("source");
  const auto vendor = number(source.child("vendor").attribute("id").value());
  const auto product = number(source.child("product").attribute("id").value());
  if (std::string_view(hostdev.attribute("type").value()) != "usb" || !vendor || !product) {
    return std::nullopt;
  }
  return UsbId{*vendor, *product};
}

}  // namespace

std::optional<UsbId> usb_id_in_hostdev(std::string_view xml) {
  // A domain whose devices they are.
  const auto document =
      domain_xml::load("<domain><devices>" + std::string(xml) + "</devices></domain>");
  if (!document) return std::nullopt;
  for (const auto& hostdev : document->child("domain").child("devices").children("hostdev")) {
    if (const auto id = id_of(hostdev)) return id;
  }
  return std::nullopt;
}

}  // namespace hotseat::importers
