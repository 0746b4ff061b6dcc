#include "domain_xml/add_inputs.h"

#include <pugixml.hpp>
#include <sstream>

#include "domain_xml/document.h"
#include "domain_xml/writing.h"

namespace hotseat::domain_xml {
namespace {

std::string input_xml(const std::string& path) {
  pugi::xml_document document;
  auto input = document.append_child("input");
  input.append_attribute("type") = "passthrough";
  input.append_attribute("bus") = "virtio";
  input.append_child("source").append_attribute("evdev") = path.c_str();
  return written(document);
}

std::string indented(const std::string& lines, const std::string& by) {
  std::string result;
  std::istringstream from(lines);
  for (std::string line; std::getline(from, line);) result += by + line + "\n";
  return result;
}

// Where the node's text begins; pugixml tells where its name or value does.
std::size_t start_of(const pugi::xml_node& node) {
  const auto offset = static_cast<std::size_t>(node.offset_debug());
  switch (node.type()) {
    case pugi::node_element:
      return offset - std::string_view("<").size();
    case pugi::node_comment:
      return offset - std::string_view("<!--").size();
    case pugi::node_cdata:
      return offset - std::string_view("<![CDATA[").size();
    case pugi::node_pi:
      return offset - std::string_view("<?").size();
    default:
      return offset;
  }
}

// Where "</devices>" begins. Looked for from what comes behind it, not from its words: these may
// stand in a comment or in somebody's metadata as well. The document has every node of the text.
std::size_t closing_tag(std::string_view text, const pugi::xml_node& element) {
  std::size_t end = text.size();
  if (const auto next = element.next_sibling()) {
    end = start_of(next);
  } else if (element.parent().type() == pugi::node_element) {
    end = closing_tag(text, element.parent());
  }
  return text.substr(0, end).rfind("</");
}

// The blanks before this place, if there is nothing else on its line.
std::string_view indentation(std::string_view text, std::size_t place) {
  const auto line = text.rfind('\n', place) + 1;
  const auto blanks = text.substr(line, place - line);
  return blanks.find_first_not_of(" \t") == std::string_view::npos ? blanks : std::string_view();
}

}  // namespace

Expected<std::string> add_virtio_inputs(std::string_view text,
                                        const std::vector<std::string>& paths) {
  const auto document = load(text, pugi::parse_full | pugi::parse_ws_pcdata);
  if (!document) return fail(document.error());
  const auto devices = document->child("domain").child("devices");
  if (!devices.first_child()) {
    return fail({"add to the domain's description", "", "it has no <devices>", ""});
  }
  const auto end = closing_tag(text, devices);
  const std::string indent(indentation(text, end));
  std::string added;
  for (const auto& path : paths) added += indented(input_xml(path), indent + kIndent);
  std::string result(text);
  return result.insert(end - indent.size(), added);
}

}  // namespace hotseat::domain_xml
