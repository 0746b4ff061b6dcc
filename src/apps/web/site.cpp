#include "site.h"

#include <exception>
#include <memory>
#include <utility>

#include "idle_sessions.h"
#include "pages.h"
#include "web/answers.h"
#include "web/asset.h"
#include "web/json_body.h"
#include "web/virtkvm.h"

namespace hotseat::web {

namespace {

using DaemonAnswer = tl::expected<std::string, DaemonFailure>;

Response daemon_failure(const DaemonFailure& failure) {
  switch (failure.kind) {
    case DaemonFailure::Kind::away:
      return error_answer(503, "hotseatd-away", "hotseatd is not running.",
                          "on the host: systemctl status hotseatd");
    case DaemonFailure::Kind::not_permitted:
      return error_answer(502, "not-permitted", "hotseatd does not let hotseat-web switch.",
                          "it has to run in group hotseat-doors: systemctl cat hotseat-web");
    case DaemonFailure::Kind::other:
      break;
  }
  return error_answer(502, "hotseatd-failed", "hotseatd: " + failure.message,
                      "on the host: journalctl -u hotseatd");
}

Response internal_error(const std::string& message) {
  return error_answer(500, "internal", message, "on the host: journalctl -u hotseat-web");
}

// The cookie goes out anew with an answer, so that the browser keeps it for as long as we do.
HttpServer::Answer with_cookie(const HttpServer::Answer& answer, const std::string& cookie) {
  return [answer, cookie](Reply reply) {
    reply.response.headers.emplace_back("Set-Cookie", cookie);
    answer(std::move(reply));
  };
}

// The part of the status that a path asks for.
Response status_part(const std::string& document, const std::string& part) {
  const Json status = Json::parse(document, nullptr, false);
  if (!status.is_object())
    return error_answer(502, "not-understood", "hotseatd's answer is not understood.", "");
  if (part != "guests") return json_answer(200, status.value(part, Json::array()));
  Json guests = Json::array();
  for (const Json& target : status.value("targets", Json::array())) {
    if (target.value("kind", "") == "guest") guests.push_back(target);
  }
  return json_answer(200, guests);
}

}  // namespace

Site::Site(EventLoop& loop, const Config& config, const std::string& host_name, ClientStore& store,
           Pairing& pairing, SeatWatch& seat)
    : loop_(loop),
      config_(config),
      store_(store),
      pairing_(pairing),
      seat_(seat),
      gate_(config, store.clients(), host_name) {}

void Site::handle(const Request& request, const Answer& answer) {
  end_idle_sessions(store_, seat_, config_.session);
  const auto admission = gate_.admit(request, loop_.now());
  if (!admission) return answer({admission.error(), nullptr});
  try {
    carry_out(*admission, request, noted(*admission, request, answer));
  } catch (const std::exception& error) {
    answer({internal_error(error.what()), nullptr});
  }
}

// That the client came is written down.
HttpServer::Answer Site::noted(const Admission& admission, const Request& request,
                               const Answer& answer) {
  const auto& [route, visitor] = admission;
  if (route->access != Access::client) return answer;
  const bool news = store_.saw(visitor.secret, visitor.kind, EventLoop::date());
  const bool leaves = route->action == Action::unpair;
  if (!news || leaves || visitor.kind != ClientKind::browser) return answer;
  return with_cookie(answer, set_cookie(visitor.secret, config_.session, request.encrypted));
}

void Site::carry_out(const Admission& admission, const Request& request, const Answer& answer) {
  const Action action = admission.route->action;
  switch (action) {
    case Action::show_dashboard:
      return answer({asset_answer(dashboard_page(), request), nullptr});
    case Action::show_pairing:
      return answer({asset_answer(pairing_page(), request), nullptr});
    case Action::pair:
      return answer({pair(request), nullptr});
    case Action::health:
      return answer({json_answer(200, {{"ok", true}}), nullptr});
    case Action::virtkvm:
      return virtkvm(request, answer);
    case Action::openapi:
      return answer({asset_answer(openapi_document(), request), nullptr});
    case Action::status:
      return seat_.daemon().status([answer](const DaemonAnswer& result) {
        answer({result ? document_answer(*result) : daemon_failure(result.error()), nullptr});
      });
    case Action::devices:
      return part_of_status("devices", answer);
    case Action::monitors:
      return part_of_status("monitors", answer);
    case Action::guests:
      return part_of_status("guests", answer);
    case Action::history:
      return answer({json_answer(200, seat_.history().to_json()), nullptr});
    case Action::events:
      return stream_events(admission.visitor, answer);
    case Action::plan:
      return plan(admission.visitor, request, answer);
    case Action::switch_to:
    case Action::next:
    case Action::release:
      return switch_seat(action, admission.visitor, request, answer);
    case Action::unpair:
      return answer({unpair(admission.visitor, request), nullptr});
  }
}

Response Site::pair(const Request& request) {
  const auto body = json_body(request, false);
  if (!body) return body.error();
  const auto code = required_text(*body, "code");
  if (!code) return code.error();
  const Moment now = loop_.now();
  if (auto may = gate_.may_guess(request.peer, now); !may) return may.error();
  const auto name = pairing_.redeem(*code, now);
  gate_.guessed(request.peer, name.has_value(), now);
  if (!name) {
    return error_answer(403, "wrong-code", "This code is wrong, used up or older than 10 minutes.",
                        "get a new one on the host: sudo hotseat web pair");
  }
  return paired(*name, request.encrypted);
}

Response Site::paired(const std::string& name, bool encrypted) {
  const std::string secret = new_secret(random_bytes);
  const auto kept = store_.admit(name, ClientKind::browser, secret, EventLoop::date());
  if (!kept) return internal_error(to_string(kept.error()));
  seat_.dismiss(name);  // whoever was called that before
  Response response = json_answer(200, {{"name", name}});
  response.headers.emplace_back("Set-Cookie", set_cookie(secret, config_.session, encrypted));
  return response;
}

Response Site::unpair(const Visitor& visitor, const Request& request) {
  const auto body = json_body(request, true);
  if (!body) return body.error();
  const auto gone = store_.dismiss_one(visitor.secret, visitor.kind);
  if (!gone) return internal_error(to_string(gone.error()));
  seat_.dismiss(visitor.name);
  Response response = json_answer(200, {{"name", visitor.name}});
  response.headers.emplace_back("Set-Cookie", clear_cookie(request.encrypted));
  return response;
}

void Site::virtkvm(const Request& request, const Answer& answer) {
  const auto to = virtkvm_request(request);
  if (!to) return answer({to.error(), nullptr});
  const std::string target =
      *to == "host" ? "host" : seat_.last_guest().name(config_.virtkvm->guest);
  seat_.daemon().switch_to("web:virtkvm", target, [answer](const DaemonAnswer& result) {
    if (result) return answer({virtkvm_report(*result), nullptr});
    const bool away = result.error().kind == DaemonFailure::Kind::away;
    answer({virtkvm_answer(away ? 503 : 502, away ? "hotseatd is not running"
                                                  : "hotseatd: " + result.error().message),
            nullptr});
  });
}

// Answered when the switch has ended; with {"wait":false}, when hotseatd has taken it, unless it is
// over (refused, say) by then.
void Site::switch_seat(Action action, const Visitor& visitor, const Request& request,
                       const Answer& answer) {
  const auto body = json_body(request, action != Action::switch_to);
  if (!body) return answer({body.error(), nullptr});
  const Json wait = body->value("wait", Json(true));
  if (!wait.is_boolean()) {
    return answer(
        {error_answer(400, "bad-request", "\"wait\" is neither true nor false.", ""), nullptr});
  }
  const auto open = std::make_shared<bool>(true);
  const auto once = [open, answer](Response response) {
    if (std::exchange(*open, false)) answer({std::move(response), nullptr});
  };
  const auto ended = [once](const DaemonAnswer& result) {
    once(result ? report_answer(*result) : daemon_failure(result.error()));
  };
  const std::string who = "web:" + visitor.name;
  if (action == Action::switch_to) {
    const auto to = required_text(*body, "to");
    if (!to) return answer({to.error(), nullptr});
    seat_.daemon().switch_to(who, *to, ended);
  } else if (action == Action::next) {
    seat_.daemon().next(who, ended);
  } else {
    seat_.daemon().release(who, ended);
  }
  if (wait.get<bool>()) return;
  seat_.daemon().taken([once](const DaemonAnswer& result) {
    once(result ? json_answer(202, {{"accepted", true}}) : daemon_failure(result.error()));
  });
}

void Site::plan(const Visitor& visitor, const Request& request, const Answer& answer) {
  const auto body = json_body(request, false);
  if (!body) return answer({body.error(), nullptr});
  const auto to = required_text(*body, "to");
  if (!to) return answer({to.error(), nullptr});
  seat_.daemon().plan("web:" + visitor.name, *to, [answer](const DaemonAnswer& result) {
    answer({result ? plan_answer(*result) : daemon_failure(result.error()), nullptr});
  });
}

void Site::part_of_status(const char* part, const Answer& answer) {
  seat_.daemon().status([answer, part](const DaemonAnswer& result) {
    answer({result ? status_part(*result, part) : daemon_failure(result.error()), nullptr});
  });
}

void Site::stream_events(const Visitor& visitor, const Answer& answer) {
  auto stream = seat_.listen(visitor.name);
  if (!stream) {
    return answer(
        {error_answer(503, "too-many-streams", "Too many listen already.", "try again"), nullptr});
  }
  Response head;
  head.type = "text/event-stream";
  answer({std::move(head), std::move(stream)});
}

}  // namespace hotseat::web
