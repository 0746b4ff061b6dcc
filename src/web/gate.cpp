#include "web/gate.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "web/answers.h"
#include "web/secret.h"
#include "web/virtkvm.h"

namespace hotseat::web {

namespace {

constexpr std::string_view kBearer = "Bearer ";

using Refusal = tl::unexpected<Response>;

Refusal refuse(unsigned status, const std::string& code, const std::string& message,
               const std::string& hint) {
  return tl::make_unexpected(error_answer(status, code, message, hint));
}

// Two of these, and others may read another one than we did.
bool is_ambiguous(const Request& request) {
  const std::string_view once[] = {"host",          "origin", "x-secret",
                                   "authorization", "cookie", "content-type"};
  return std::any_of(std::begin(once), std::end(once), [&](std::string_view name) {
    return std::count_if(request.headers.begin(), request.headers.end(),
                         [name](const auto& header) { return header.first == name; }) > 1;
  });
}

Refusal no_such_route(const Request& request) {
  const std::string allowed = allowed_methods(request.path);
  if (allowed.empty()) {
    return refuse(404, "not-found", "There is nothing at this address.",
                  "/api/v1/openapi.json lists what there is");
  }
  Response response =
      error_answer(405, "method-not-allowed", "This address does not take " + request.method + ".",
                   "use " + allowed);
  response.headers.emplace_back("Allow", allowed);
  return tl::make_unexpected(std::move(response));
}

std::optional<std::string> cookie(const Request& request, std::string_view name) {
  const std::string* header = request.header("cookie");
  if (header == nullptr) return std::nullopt;
  std::string_view rest = *header;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.substr(0, name.size()) == name &&
        pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

// What the request shows: a token goes before a cookie.
std::optional<Visitor> shown(const Request& request) {
  const std::string* authorization = request.header("authorization");
  if (authorization != nullptr && authorization->rfind(kBearer, 0) == 0) {
    return Visitor{"", ClientKind::token, authorization->substr(kBearer.size())};
  }
  if (auto secret = cookie(request, cookie_name(request.encrypted))) {
    return Visitor{"", ClientKind::browser, std::move(*secret)};
  }
  return std::nullopt;
}

Refusal not_a_client(const Request& request, const Route& route) {
  if (route.action == Action::show_dashboard) {
    Response response;
    response.status = 303;
    response.type = "text/plain";
    response.headers.emplace_back("Location", "/pair");
    return tl::make_unexpected(std::move(response));
  }
  Response response =
      error_answer(401, "unauthenticated",
                   shown(request) ? "This browser or token is not known (any more)."
                                  : "This needs a paired browser or a token.",
                   "on the host: sudo hotseat web pair, or sudo hotseat web token NAME");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return tl::make_unexpected(std::move(response));
}

Response too_many(Moment wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  Response response =
      error_answer(429, "too-many-attempts", "Too many wrong attempts from this address.",
                   "wait " + std::to_string(seconds) + " s, then try again");
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

std::vector<std::string> names_of(const Config& config, const std::string& host_name) {
  std::vector<std::string> names = config.hosts;
  if (!host_name.empty()) names.push_back(host_name);
  return names;
}

}  // namespace

Gate::Gate(const Config& config, const Clients& clients, const std::string& host_name)
    : config_(config), clients_(clients), hosts_(config.listen, names_of(config, host_name)) {}

tl::expected<Admission, Response> Gate::admit(const Request& request, Moment now) {
  if (is_ambiguous(request)) {
    return refuse(400, "bad-request", "A header that may stand once stands twice.", "");
  }
  const Route* route = find_route(request.method, request.path);
  if (route == nullptr) return no_such_route(request);
  const auto with_route = [route](Visitor visitor) { return Admission{route, std::move(visitor)}; };
  if (route->access == Access::virtkvm) return admit_virtkvm(request, now).map(with_route);
  if (!hosts_.knows(request)) {
    return refuse(421, "foreign-host", "This server is not called that.",
                  "add the name to hosts in /etc/hotseat/web.toml");
  }
  // Pages may be reached by a link from anywhere; all the rest is for our own pages and programs.
  const bool is_page =
      route->action == Action::show_dashboard || route->action == Action::show_pairing;
  if (!is_page && !is_own_origin(request)) {
    return refuse(403, "foreign-origin", "Another site's page may not ask for this.", "");
  }
  if (route->access == Access::open) return with_route({});
  return admit_client(request, *route).map(with_route);
}

// The secret before everything: who knows it is no foreign page, whatever name it calls us by.
tl::expected<Visitor, Response> Gate::admit_virtkvm(const Request& request, Moment now) {
  const std::string* secret = request.header("x-secret");
  if (secret != nullptr) {
    if (auto may = may_guess(request.peer, now); !may) {
      Response later = virtkvm_answer(may.error().status, "too many wrong attempts");
      later.headers = may.error().headers;
      return tl::make_unexpected(std::move(later));
    }
  }
  const bool right =
      config_.virtkvm && secret != nullptr && same_secret(config_.virtkvm->secret, *secret);
  if (secret != nullptr) guessed(request.peer, right, now);
  if (!right) {
    return tl::make_unexpected(virtkvm_answer(403, "X-Secret is missing or wrong"));
  }
  if (!is_own_origin(request)) {
    return tl::make_unexpected(virtkvm_answer(403, "another site's page may not ask for this"));
  }
  return Visitor{"virtkvm", ClientKind::token, *secret};
}

tl::expected<Visitor, Response> Gate::admit_client(const Request& request,
                                                   const Route& route) const {
  auto visitor = shown(request);
  const auto name = visitor ? clients_.identify(visitor->secret, visitor->kind) : std::nullopt;
  if (!name) return not_a_client(request, route);
  visitor->name = *name;
  return *visitor;
}

tl::expected<void, Response> Gate::may_guess(const std::string& peer, Moment now) const {
  const Moment wait = backoff_.wait(peer, now);
  if (wait > Moment{0}) return tl::make_unexpected(too_many(wait));
  return {};
}

void Gate::guessed(const std::string& peer, bool right, Moment now) {
  if (right) {
    backoff_.succeeded(peer);
  } else {
    backoff_.failed(peer, now);
  }
}

const char* cookie_name(bool encrypted) {
  return encrypted ? "__Host-hotseat" : "hotseat";
}

std::string set_cookie(const std::string& secret, Date session, bool encrypted) {
  return std::string(cookie_name(encrypted)) + "=" + secret +
         "; Path=/; Max-Age=" + std::to_string(session.count()) + "; HttpOnly; SameSite=Strict" +
         (encrypted ? "; Secure" : "");
}

std::string clear_cookie(bool encrypted) {
  return std::string(cookie_name(encrypted)) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict" +
         (encrypted ? "; Secure" : "");
}

}  // namespace hotseat::web
