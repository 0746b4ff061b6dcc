#include "domain_xml/document.h"

#include <string>

namespace hotseat::domain_xml {

Expected<pugi::xml_document> load(std::string_view text, unsigned options) {
  const auto unreadable = [](const std::string& reason) {
    return fail({"read the domain's description", "", reason, ""});
  };
  if (text.size() > kMaxText) return unreadable("it is larger than 4 MiB");
  pugi::xml_document document;
  const auto parsed = document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8);
  if (!parsed) return unreadable(parsed.description());
  if (!document.child("domain")) return unreadable("it has no <domain>");
  return document;
}

}  // namespace hotseat::domain_xml
