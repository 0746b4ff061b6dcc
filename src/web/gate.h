// Who may go through, decided before anything of a request is parsed but its headers.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "web/backoff.h"
#include "web/clients.h"
#include "web/config.h"
#include "web/hosts.h"
#include "web/message.h"
#include "web/routes.h"

namespace hotseat::web {

// Who asks. `secret` is what they showed.
struct Visitor {
  std::string name;
  ClientKind kind = ClientKind::browser;
  std::string secret;
};

struct Admission {
  const Route* route = nullptr;
  Visitor visitor;  // nameless where the route is open
};

class Gate {
 public:
  // Both outlive it. `host_name` is the machine's.
  Gate(const Config& config, const Clients& clients, const std::string& host_name);

  // The refusals, in this order: 400 ambiguous headers, 404, 405; then for virtkvm 429 and 403
  // (the secret) before all else, and for the rest 421 (Host), 403 (origin), 401 (no secret or a
  // wrong one).
  tl::expected<Admission, Response> admit(const Request& request, Moment now);

  // For guesses that are checked elsewhere: pairing codes.
  tl::expected<void, Response> may_guess(const std::string& peer, Moment now) const;
  void guessed(const std::string& peer, bool right, Moment now);

 private:
  tl::expected<Visitor, Response> admit_virtkvm(const Request& request, Moment now);
  tl::expected<Visitor, Response> admit_client(const Request& request, const Route& route) const;

  const Config& config_;
  const Clients& clients_;
  Hosts hosts_;
  Backoff backoff_;
};

// The cookie of a paired browser, which keeps it for `session`. Under TLS its name makes browsers
// insist on Secure.
const char* cookie_name(bool encrypted);
std::string set_cookie(const std::string& secret, Date session, bool encrypted);
std::string clear_cookie(bool encrypted);

}  // namespace hotseat::web
