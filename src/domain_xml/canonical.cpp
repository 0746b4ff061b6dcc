#include "domain_xml/canonical.h"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "domain_xml/document.h"
#include "domain_xml/writing.h"

namespace hotseat::domain_xml {
namespace {

std::string text_of(const pugi::xml_node& node) {
  std::ostringstream text;
  node.print(text, "", pugi::format_raw);
  return text.str();
}

// Among themselves; they stand together in what libvirt writes.
void sort_controllers(pugi::xml_node devices) {
  std::vector<std::pair<std::string, pugi::xml_node>> controllers;
  for (const auto& controller : devices.children("controller")) {
    controllers.emplace_back(text_of(controller), controller);
  }
  std::stable_sort(controllers.begin(), controllers.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  const auto first = devices.child("controller");
  for (const auto& [text, controller] : controllers) devices.insert_copy_before(controller, first);
  for (const auto& [text, controller] : controllers) devices.remove_child(controller);
}

}  // namespace

std::string canonical(std::string_view text) {
  const auto document = load(text, pugi::parse_default | pugi::parse_comments | pugi::parse_pi);
  if (!document) return std::string(text);
  sort_controllers(document->child("domain").child("devices"));
  return written(*document);
}

}  // namespace hotseat::domain_xml
