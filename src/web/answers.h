// The answers of /api/v1 and the pages, all of one form.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "web/message.h"

namespace hotseat::web {

using Json = nlohmann::ordered_json;

// One line, also when the text in it is not UTF-8.
std::string to_text(const Json& document);

Response json_answer(unsigned status, const Json& document);
// A document of hotseatd, as it came.
Response document_answer(std::string document);

// {"error":{"code","message","hint"}}; codes are part of the API.
Response error_answer(unsigned status, const std::string& code, const std::string& message,
                      const std::string& hint = "");

// How a switch ended: 200 with the report; 409 when a rule refused it, 500 when it failed, both
// with the report beside the error.
Response report_answer(const std::string& report);
// 200 with the plan, or 409.
Response plan_answer(const std::string& plan);

// What keeps a browser from doing more with an answer than it is for. Every answer has these.
void add_security_headers(Response& response);

}  // namespace hotseat::web
