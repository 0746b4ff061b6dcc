// The JSON that a request brings.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "web/answers.h"
#include "web/message.h"

namespace hotseat::web {

// The object in the body, or the answer that refuses it: 415, 413 or 400. An empty body is an
// empty object where `may_be_empty`.
tl::expected<Json, Response> json_body(const Request& request, bool may_be_empty);

// The text under a key, or the answer that says it is missing, empty or no text.
tl::expected<std::string, Response> required_text(const Json& body, const std::string& key);

// How deep arrays and objects stand in one another; text in quotes does not count.
std::size_t nesting(std::string_view json);

}  // namespace hotseat::web
