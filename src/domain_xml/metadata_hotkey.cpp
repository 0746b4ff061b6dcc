#include "domain_xml/metadata_hotkey.h"

#include <array>

#include "domain_xml/namespaces.h"

namespace hotseat::domain_xml {
namespace {

// The first that has a hotkey wins.
constexpr std::array kNamespaces{
    Namespace{"https://dev.akeydo/xmlns/libvirt/domain/1.0", "akeydo"},
    Namespace{"https://kvm.vfio/xmlns/libvirt/domain/1.0", "vfiokvm"},
};

// By local name alone: what `virsh metadata --set` stores has the namespace on the outermost
// element only (virXMLInjectNamespace, virxml.c).
std::vector<std::string> keys_in(const pugi::xml_node& settings) {
  std::vector<std::string> keys;
  const auto hotkey =
      settings.find_child([](const auto& child) { return local_name(child) == "hotkey"; });
  for (const auto& key : hotkey.children()) {
    if (local_name(key) == "key") keys.emplace_back(key.attribute("value").value());
  }
  return keys;
}

}  // namespace

std::vector<std::string> metadata_hotkey(const pugi::xml_node& domain) {
  for (const Namespace& wanted : kNamespaces) {
    for (const auto& settings : domain.child("metadata").children()) {
      if (local_name(settings) != "settings" || !is_in(settings, wanted)) continue;
      if (auto keys = keys_in(settings); !keys.empty()) return keys;
    }
  }
  return {};
}

}  // namespace hotseat::domain_xml
