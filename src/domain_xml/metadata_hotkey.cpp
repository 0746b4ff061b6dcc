#include "domain_xml/metadata_hotkey.h"

namespace hotseat::domain_xml {
namespace {

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
  for (const Namespace& wanted : kHotkeyNamespaces) {
    for (const auto& settings : domain.child("metadata").children()) {
      if (local_name(settings) != "settings" || !is_in(settings, wanted)) continue;
      if (auto keys = keys_in(settings); !keys.empty()) return keys;
    }
  }
  return {};
}

}  // namespace hotseat::domain_xml
