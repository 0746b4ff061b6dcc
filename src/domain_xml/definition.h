// What hotseat reads in a domain's description (formatdomain.html).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "domain/world.h"

namespace hotseat::domain_xml {

struct Definition {
  std::vector<UsbAttachment> usb;
  std::vector<EvdevInput> inputs;
  std::vector<std::string> hotkey;  // names of keys, "KEY_LEFTCTRL", as they stand there
};

// Fails as load() does (domain_xml/document.h).
Expected<Definition> read_definition(std::string_view text);

}  // namespace hotseat::domain_xml
