// Who may come in: browsers that were paired and programs that were given a token.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "web/moment.h"

namespace hotseat::web {

enum class ClientKind {
  browser,  // shows a cookie
  token,    // shows a bearer token
};
const char* to_string(ClientKind kind);

// What the client shows is not kept, only its hash: who reads the file cannot come in.
struct Client {
  std::string name;
  ClientKind kind = ClientKind::browser;
  std::string hash;
  Date created{};
  Date seen{};  // to the hour
};

// "phone", "Anna's tablet": something to call a client by.
bool is_client_name(std::string_view name);

class Clients {
 public:
  // Reads what to_text() wrote; `where` is for the message.
  static Expected<Clients> parse(const std::string& text, const std::string& where);
  std::string to_text() const;

  // One of the same name and kind has to show the new secret from now on.
  void admit(const std::string& name, ClientKind kind, std::string_view secret, Date now);
  bool dismiss(const std::string& name);  // all of that name; false: there is none
  bool dismiss_one(std::string_view secret, ClientKind kind);

  // The name of the client that this is the secret of.
  std::optional<std::string> identify(std::string_view secret, ClientKind kind) const;
  // True when that is news worth writing down: once an hour.
  bool saw(std::string_view secret, ClientKind kind, Date now);

  // Forgets the browsers that nobody has used for `session`, and names them. Tokens stay: a script
  // that runs once a year has nobody who would pair it again.
  std::vector<std::string> forget_idle(Date now, Date session);

  const std::vector<Client>& all() const { return clients_; }
  // The first of "browser-1", "browser-2", … that is free.
  std::string free_name() const;

 private:
  std::vector<Client>::iterator find(std::string_view secret, ClientKind kind);

  std::vector<Client> clients_;
};

}  // namespace hotseat::web
