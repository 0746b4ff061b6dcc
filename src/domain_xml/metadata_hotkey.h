// The chord that a domain's <metadata> asks for, as vfio-kvm's users have written it there.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

namespace hotseat::domain_xml {

// <vfiokvm:settings><vfiokvm:hotkey><vfiokvm:key value="KEY_LEFTCTRL"/>… in the namespace of
// vfio-kvm or that of its successor; with both, the successor's. Empty when there is none.
std::vector<std::string> metadata_hotkey(const pugi::xml_node& domain);

}  // namespace hotseat::domain_xml
