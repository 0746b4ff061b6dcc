#include "domain_xml/definition.h"

#include "domain_xml/document.h"
#include "domain_xml/evdev_inputs.h"
#include "domain_xml/hostdev.h"
#include "domain_xml/metadata_hotkey.h"

namespace hotseat::domain_xml {

Expected<Definition> read_definition(std::string_view text) {
  const auto document = load(text);
  if (!document) return fail(document.error());
  const auto domain = document->child("domain");
  return Definition{usb_hostdevs(domain), evdev_inputs(domain), metadata_hotkey(domain)};
}

}  // namespace hotseat::domain_xml
