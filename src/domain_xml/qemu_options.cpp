#include "domain_xml/qemu_options.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace hotseat::domain_xml {
namespace {

using Json = nlohmann::json;

// Up to the next comma that is not doubled, which is taken off `rest` too.
std::string take_item(std::string_view& rest) {
  std::string item;
  while (!rest.empty()) {
    const bool comma = rest.front() == ',';
    const bool doubled = comma && rest.size() > 1 && rest[1] == ',';
    if (comma && !doubled) {
      rest.remove_prefix(1);
      break;
    }
    item += rest.front();
    rest.remove_prefix(doubled ? 2 : 1);
  }
  return item;
}

QemuOptions parse_list(std::string_view text) {
  QemuOptions options;
  for (bool first = true; !text.empty(); first = false) {
    const std::string item = take_item(text);
    const auto equals = item.find('=');
    if (equals != std::string::npos) {
      options.values[item.substr(0, equals)] = item.substr(equals + 1);
    } else if (first) {
      options.type = item;
    }
  }
  return options;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
  return {};
}

QemuOptions parse_json(std::string_view text) {
  QemuOptions options;
  const auto document = Json::parse(text, nullptr, false);
  if (!document.is_object()) return options;
  for (const auto& [key, value] : document.items()) options.values[key] = text_of(value);
  return options;
}

}  // namespace

std::string QemuOptions::value(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? std::string() : found->second;
}

// qapi_bool_parse() takes these.
bool QemuOptions::is_on(std::string_view key) const {
  const std::string set = value(key);
  return set == "on" || set == "yes" || set == "true" || set == "y";
}

QemuOptions parse_qemu_options(std::string_view text) {
  auto options = text.starts_with('{') ? parse_json(text) : parse_list(text);
  for (const char* key : {"driver", "qom-type"}) {
    if (options.type.empty()) options.type = options.value(key);
  }
  return options;
}

}  // namespace hotseat::domain_xml
