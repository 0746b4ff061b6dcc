// The chord that a domain's <metadata> asks for, as vfio-kvm's users have written it there.
#pragma once

#include <array>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "domain_xml/namespaces.h"

namespace hotseat::domain_xml {

// Of vfio-kvm's successor, and its own. The first that has a hotkey wins.
inline constexpr std::array kHotkeyNamespaces{
    Namespace{"https://dev.akeydo/xmlns/libvirt/domain/1.0", "akeydo"},
    Namespace{"https://kvm.vfio/xmlns/libvirt/domain/1.0", "vfiokvm"},
};

// <vfiokvm:settings><vfiokvm:hotkey><vfiokvm:key value="KEY_LEFTCTRL"/>… in the namespace of
// vfio-kvm or that of its successor; with both, the successor's. Empty when there is none.
std::vector<std::string> metadata_hotkey(const pugi::xml_node& domain);

}  // namespace hotseat::domain_xml
