// XML namespaces, which pugixml leaves to its users.
#pragma once

#include <pugixml.hpp>
#include <string_view>

namespace hotseat::domain_xml {

struct Namespace {
  std::string_view uri;
  std::string_view usual_prefix;  // believed where a prefix is not declared
};

// "arg" of <qemu:arg>.
std::string_view local_name(const pugi::xml_node& node);

bool is_in(const pugi::xml_node& node, const Namespace& wanted);

}  // namespace hotseat::domain_xml
