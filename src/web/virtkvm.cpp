#include "web/virtkvm.h"

#include "web/json_body.h"

namespace hotseat::web {

namespace {

// The message of an answer in the form of /api/v1.
std::string message_of_error(const Response& refusal) {
  const Json document = Json::parse(refusal.body, nullptr, false);
  const Json error = document.is_object() ? document.value("error", Json::object()) : Json();
  if (!error.is_object()) return "failed";
  const std::string hint = error.value("hint", "");
  return error.value("message", "failed") + (hint.empty() ? "" : " (" + hint + ")");
}

tl::unexpected<Response> refuse(unsigned status, const std::string& error) {
  return tl::make_unexpected(virtkvm_answer(status, error));
}

}  // namespace

Response virtkvm_answer(unsigned status, const std::string& error) {
  return json_answer(status,
                     {{"success", error.empty()}, {"error", error.empty() ? Json() : Json(error)}});
}

tl::expected<std::string, Response> virtkvm_request(const Request& request) {
  const auto body = json_body(request, false);
  if (!body) return refuse(body.error().status, message_of_error(body.error()));
  auto to = required_text(*body, "to");
  if (!to) return refuse(to.error().status, message_of_error(to.error()));
  if (*to != "host" && *to != "guest") return refuse(400, "\"to\" is neither host nor guest");
  const auto skip = body->find("skip_optional");
  if (skip != body->end() && !skip->is_boolean()) {
    return refuse(400, "\"skip_optional\" is neither true nor false");
  }
  return to;
}

Response virtkvm_report(const std::string& report) {
  const Response answer = report_answer(report);
  return answer.status == 200 ? virtkvm_answer(200) : virtkvm_answer(500, message_of_error(answer));
}

void LastGuest::used(const Json& target) {
  if (target.is_string() && target != "host" && target != "guest") last_ = target;
}

void LastGuest::learn(const Json& status) {
  only_.clear();
  int guests = 0;
  for (const Json& target : status.value("targets", Json::array())) {
    if (target.value("kind", "") != "guest") continue;
    ++guests;
    only_ = target.value("name", "");
  }
  if (guests > 1) only_.clear();
  const Json last = status.value("last", Json());
  if (last.is_object()) {
    used(last.value("from", Json()));
    used(last.value("owner", Json()));
  }
  used(status.value("target", Json()));
}

std::string LastGuest::name(const std::string& configured) const {
  if (!configured.empty()) return configured;
  if (!last_.empty()) return last_;
  return only_.empty() ? "guest" : only_;
}

}  // namespace hotseat::web
