// The clients, kept in a file.
#pragma once

#include <string>

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
  void saw(const std::string& secret, ClientKind kind, Date now);

 private:
  Expected<void> keep(Clients changed);

  std::string path_;
  Clients clients_;
};

}  // namespace hotseat::web
