#include "domain_xml/namespaces.h"

#include <string>

namespace hotseat::domain_xml {
namespace {

std::string_view prefix_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

// Where the prefix is declared for this node; nothing where it is not.
pugi::xml_attribute declaration(pugi::xml_node node, std::string_view prefix) {
  const std::string name = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (; node; node = node.parent()) {
    if (const auto declared = node.attribute(name.c_str())) return declared;
  }
  return {};
}

}  // namespace

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_in(const pugi::xml_node& node, const Namespace& wanted) {
  const auto prefix = prefix_of(node);
  if (const auto declared = declaration(node, prefix)) return declared.value() == wanted.uri;
  return !prefix.empty() && prefix == wanted.usual_prefix;
}

}  // namespace hotseat::domain_xml
