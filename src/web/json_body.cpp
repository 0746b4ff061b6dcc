#include "web/json_body.h"

#include <algorithm>

namespace hotseat::web {

namespace {

constexpr std::size_t kDeepest = 8;
constexpr std::size_t kLongestText = 256;

bool is_json_type(const std::string& type) {
  std::string name = type.substr(0, type.find(';'));
  name.erase(name.find_last_not_of(" \t") + 1);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name == "application/json";
}

tl::unexpected<Response> bad(const std::string& message, const std::string& hint) {
  return tl::make_unexpected(error_answer(400, "bad-request", message, hint));
}

}  // namespace

std::size_t nesting(std::string_view json) {
  std::size_t deepest = 0;
  std::size_t level = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == '{') deepest = std::max(deepest, ++level);
    if ((c == ']' || c == '}') && level > 0) --level;
  }
  return deepest;
}

tl::expected<Json, Response> json_body(const Request& request, bool may_be_empty) {
  const std::string* type = request.header("content-type");
  if (type == nullptr || !is_json_type(*type)) {
    return tl::make_unexpected(error_answer(415, "unsupported-media-type",
                                            "The body has to be JSON.",
                                            "send Content-Type: application/json"));
  }
  if (request.body_too_large) {
    return tl::make_unexpected(
        error_answer(413, "too-large", "The body is larger than 8 KiB.", ""));
  }
  if (request.body.empty() && may_be_empty) return Json::object();
  if (nesting(request.body) > kDeepest) {
    return bad("The JSON is nested too deep.", "an object with text in it is all that is expected");
  }
  Json body = Json::parse(request.body, nullptr, false);
  if (body.is_discarded()) return bad("The body is not valid JSON.", "check its quotes and braces");
  if (!body.is_object()) return bad("The body is no JSON object.", "send {\"to\":\"host\"}");
  return body;
}

tl::expected<std::string, Response> required_text(const Json& body, const std::string& key) {
  const auto found = body.find(key);
  if (found == body.end()) return bad("\"" + key + "\" is missing.", "add \"" + key + "\":\"…\"");
  if (!found->is_string()) return bad("\"" + key + "\" is no text.", "put it in double quotes");
  auto text = found->get<std::string>();
  if (text.empty()) return bad("\"" + key + "\" is empty.", "");
  if (text.size() > kLongestText) return bad("\"" + key + "\" is too long.", "");
  if (text.find('\0') != std::string::npos) return bad("\"" + key + "\" holds a NUL.", "");
  return text;
}

}  // namespace hotseat::web
