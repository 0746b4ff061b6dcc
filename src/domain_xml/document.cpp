#include "domain_xml/document.h"

#include <algorithm>
#include <string>

namespace hotseat::domain_xml {

Expected<pugi::xml_document> load(std::string_view text, unsigned options) {
  const auto unreadable = [](const std::string& reason) {
    return fail({"read the domain's description", "", reason, ""});
  };
  if (text.size() > kMaxText) return unreadable("it is larger than 4 MiB");
  pugi::xml_document document;
  const auto parsed = document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8);
  if (!parsed) {
    const auto fault = text.substr(0, static_cast<std::size_t>(parsed.offset));
    const auto line = 1 + std::count(fault.begin(), fault.end(), '\n');
    return unreadable(std::string(parsed.description()) + ", line " + std::to_string(line));
  }
  if (!document.child("domain")) return unreadable("it has no <domain>");
  return document;
}

}  // namespace hotseat::domain_xml
