#include "domain_xml/writing.h"

#include <sstream>

namespace hotseat::domain_xml {

std::string written(const pugi::xml_node& node) {
  std::ostringstream text;
  node.print(
      text, kIndent,
      pugi::format_indent | pugi::format_no_declaration | pugi::format_attribute_single_quote);
  return text.str();
}

}  // namespace hotseat::domain_xml
