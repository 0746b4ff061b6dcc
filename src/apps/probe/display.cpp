#include "display.h"

#include <nlohmann/json.hpp>

#include "wire/mccs.h"

namespace hotseat::probe {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json inputs_of(const Display& display) {
  Json inputs = Json::array();
  for (const std::uint8_t value : display.inputs) {
    inputs.push_back({{"value", wire::hex(value)}, {"name", wire::input_name(value)}});
  }
  return inputs;
}

Json document(const Display& display) {
  return {{"bus", display.bus ? Json(*display.bus) : Json(nullptr)},
          {"manufacturer", display.manufacturer},
          {"model", display.model},
          {"serial", display.serial},
          {"serial_number", display.serial_number},
          {"connector", text_or_null(display.connector)},
          {"mccs", text_or_null(display.mccs)},
          {"inputs", inputs_of(display)},
          {"current", display.current ? Json(wire::hex(*display.current)) : Json(nullptr)},
          {"problem", text_or_null(display.problem)}};
}

}  // namespace

std::string to_json(const std::vector<Display>& displays) {
  Json all = Json::array();
  for (const Display& display : displays) all.push_back(document(display));
  // What a monitor sends need not be UTF-8.
  return all.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hotseat::probe
