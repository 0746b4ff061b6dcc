// XML as libvirt writes it.
#pragma once

#include <pugixml.hpp>
#include <string>

namespace hotseat::domain_xml {

inline constexpr const char* kIndent = "  ";

// The node and all that is in it, with attributes in single quotes.
std::string written(const pugi::xml_node& node);

}  // namespace hotseat::domain_xml
