// A switch report as JSON, shared by the report document and the status document.
#pragma once

#include <nlohmann/json.hpp>

#include "domain/report.h"

namespace hotseat::service {

using Json = nlohmann::ordered_json;  // a person reads the documents too: keys stay in order

Json to_json(const SwitchReport& report);
std::string to_text(const Json& document);

}  // namespace hotseat::service
