// The clients, kept in a file.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "web/clients.h"

namespace hotseat::web {

class ClientStore {
 public:
  // No file: nobody is paired yet.
  static Expected<ClientStore> open(const std::string& directory);

  const Clients& clients() const { return clients_; }

  // Each is in the file before it is true; a failure leaves all as it was.
  Expected<void> admit(const std::string& name, ClientKind kind, const std::string& secret,
                       Date now);
  Expected<bool> dismiss(const std::string& name);
  Expected<void> dismiss_one(const std::string& secret, ClientKind kind);
  // True when it was written down, once an hour.
  bool saw(const std::string& secret, ClientKind kind, Date now);
  // As Clients::forget_idle(), and true at once, whatever becomes of the file.
  std::vector<std::string> forget_idle(Date now, Date session);

 private:
  Expected<void> keep(Clients changed);

  std::string path_;
  Clients clients_;
};

}  // namespace hotseat::web
