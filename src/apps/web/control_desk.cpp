#include "control_desk.h"

#include <utility>

#include "idle_sessions.h"
#include "web/secret.h"

namespace hotseat::web {

namespace {

Json failed(const Error& error) {
  return control_error("failed", error.context + ": " + error.object + ": " + error.reason,
                       error.hint);
}

}  // namespace

ControlDesk::ControlDesk(EventLoop& loop, const Config& config, ClientStore& store,
                         Pairing& pairing, SeatWatch& seat, Address address)
    : loop_(loop),
      config_(config),
      store_(store),
      pairing_(pairing),
      seat_(seat),
      address_(std::move(address)) {}

std::string ControlDesk::answer(const std::string& line) {
  const auto request = parse_control(line);
  return to_text(request ? carry_out(*request) : request.error());
}

Json ControlDesk::carry_out(const ControlRequest& request) {
  end_idle_sessions(store_, seat_, config_.session);
  switch (request.verb) {
    case ControlVerb::pair:
      return pair(request.name.empty() ? store_.clients().free_name() : request.name);
    case ControlVerb::token:
      return token(request.name);
    case ControlVerb::list:
      return client_list(store_.clients());
    case ControlVerb::unpair:
      return unpair(request.name);
  }
  return nullptr;
}

// The code goes behind "#": what stands there is not sent, and so in no log.
Json ControlDesk::pair(const std::string& name) {
  const std::string code = pairing_.begin(name, random_bytes, loop_.now());
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(kPairingTime).count();
  return {{"name", name},
          {"code", code},
          {"url", address_.url + "/pair#" + code},
          {"minutes", minutes},
          {"fingerprint", address_.fingerprint}};
}

Json ControlDesk::token(const std::string& name) {
  const std::string secret = new_secret(random_bytes);
  const auto kept = store_.admit(name, ClientKind::token, secret, EventLoop::date());
  if (!kept) return failed(kept.error());
  return {{"name", name}, {"token", secret}};
}

Json ControlDesk::unpair(const std::string& name) {
  const auto gone = store_.dismiss(name);
  if (!gone) return failed(gone.error());
  if (!*gone) {
    return control_error("unknown-client", "Nobody called \"" + name + "\" is paired.",
                         "hotseat web list shows who is");
  }
  seat_.dismiss(name);
  return {{"name", name}};
}

}  // namespace hotseat::web
