#include "web/answers.h"

#include <algorithm>
#include <utility>

namespace hotseat::web {

namespace {

constexpr unsigned kConflict = 409;
constexpr unsigned kFailed = 500;

Json error_object(const std::string& code, const std::string& message, const std::string& hint) {
  return {{"code", code}, {"message", message}, {"hint", hint}};
}

Json refusal_error(const Json& refusal) {
  return error_object(refusal.at("rule"), refusal.at("reason"), refusal.at("hint"));
}

// The first problem that the report names; what it would take to put it right is in its hint.
Json failure_error(const Json& report) {
  const bool undone = report.at("outcome") == "rolled-back";
  const std::string code = undone ? "rolled-back" : "failed";
  const std::string owner = report.at("owner");
  std::string message = undone ? "The switch was undone" : "The switch failed";
  message += "; " + owner + " has the seat.";
  const Json& problems = report.at("problems");
  if (problems.empty()) return error_object(code, message, "");
  const Json& first = problems.front();
  const std::string what = first.at("context");
  const std::string reason = first.at("reason");
  return error_object(code, what + ": " + reason + ". " + message, first.at("hint"));
}

Response not_understood() {
  return error_answer(502, "not-understood", "hotseatd's answer is not understood.",
                      "Restart both after an update: systemctl restart hotseatd hotseat-web");
}

bool has_header(const Response& response, const std::string& name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

}  // namespace

std::string to_text(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Response json_answer(unsigned status, const Json& document) {
  Response response;
  response.status = status;
  response.body = to_text(document) + "\n";
  return response;
}

Response document_answer(std::string document) {
  Response response;
  response.body = std::move(document) + "\n";
  return response;
}

Response error_answer(unsigned status, const std::string& code, const std::string& message,
                      const std::string& hint) {
  return json_answer(status, {{"error", error_object(code, message, hint)}});
}

Response report_answer(const std::string& report) {
  const Json document = Json::parse(report, nullptr, false);
  if (!document.is_object()) return not_understood();
  try {
    const std::string outcome = document.at("outcome");
    if (outcome == "done" || outcome == "done-with-warnings") return document_answer(report);
    if (!document.at("refusal").is_null()) {
      return json_answer(kConflict,
                         {{"error", refusal_error(document.at("refusal"))}, {"report", document}});
    }
    return json_answer(kFailed, {{"error", failure_error(document)}, {"report", document}});
  } catch (const Json::exception&) {
    return not_understood();
  }
}

Response plan_answer(const std::string& plan) {
  const Json document = Json::parse(plan, nullptr, false);
  if (!document.is_object()) return not_understood();
  if (!document.contains("refusal")) return document_answer(plan);
  try {
    return json_answer(kConflict, {{"error", refusal_error(document.at("refusal"))}});
  } catch (const Json::exception&) {
    return not_understood();
  }
}

void add_security_headers(Response& response) {
  const std::pair<const char*, const char*> always[] = {
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cache-Control", "no-store"},
      {"X-Frame-Options", "DENY"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      // Pages bring their own, which allows what they consist of.
      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"}};
  for (const auto& [name, value] : always) {
    if (!has_header(response, name)) response.headers.emplace_back(name, value);
  }
}

}  // namespace hotseat::web
