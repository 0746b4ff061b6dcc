#include "client_store.h"

#include <utility>

#include "file.h"

namespace hotseat::web {

Expected<ClientStore> ClientStore::open(const std::string& directory) {
  ClientStore store;
  store.path_ = directory + "/clients.json";
  auto text = read_file(store.path_);
  if (!text) return fail(text.error());
  if (!*text) return store;
  auto clients = Clients::parse(**text, store.path_);
  if (!clients) return fail(clients.error());
  store.clients_ = std::move(*clients);
  return store;
}

Expected<void> ClientStore::keep(Clients changed) {
  if (auto written = write_file(path_, changed.to_text()); !written) return written;
  clients_ = std::move(changed);
  return {};
}

Expected<void> ClientStore::admit(const std::string& name, ClientKind kind,
                                  const std::string& secret, Date now) {
  Clients changed = clients_;
  changed.admit(name, kind, secret, now);
  return keep(std::move(changed));
}

Expected<bool> ClientStore::dismiss(const std::string& name) {
  Clients changed = clients_;
  if (!changed.dismiss(name)) return false;
  return keep(std::move(changed)).map([] { return true; });
}

Expected<void> ClientStore::dismiss_one(const std::string& secret, ClientKind kind) {
  Clients changed = clients_;
  changed.dismiss_one(secret, kind);
  return keep(std::move(changed));
}

// When it was seen is no reason to fail anything.
bool ClientStore::saw(const std::string& secret, ClientKind kind, Date now) {
  if (!clients_.saw(secret, kind, now)) return false;
  (void)write_file(path_, clients_.to_text());
  return true;
}

std::vector<std::string> ClientStore::forget_idle(Date now, Date session) {
  auto names = clients_.forget_idle(now, session);
  if (!names.empty()) (void)write_file(path_, clients_.to_text());
  return names;
}

}  // namespace hotseat::web
