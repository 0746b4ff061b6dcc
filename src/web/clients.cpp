#include "web/clients.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/printable.h"
#include "web/secret.h"

namespace hotseat::web {

namespace {

constexpr std::size_t kLongestName = 40;
constexpr Date kNews{3600};
constexpr std::size_t kHashLength = 64;

nlohmann::ordered_json entry(const Client& client) {
  return {{"name", client.name},
          {"kind", to_string(client.kind)},
          {"hash", client.hash},
          {"created", client.created.count()},
          {"seen", client.seen.count()}};
}

std::optional<Client> read_entry(const nlohmann::json& entry) {
  Client client;
  client.name = entry.at("name");
  client.hash = entry.at("hash");
  client.created = Date(entry.at("created").get<Date::rep>());
  client.seen = Date(entry.at("seen").get<Date::rep>());
  const std::string kind = entry.at("kind");
  client.kind = kind == "token" ? ClientKind::token : ClientKind::browser;
  if (!is_client_name(client.name) || client.hash.size() != kHashLength) return std::nullopt;
  return client;
}

}  // namespace

const char* to_string(ClientKind kind) {
  return kind == ClientKind::token ? "token" : "browser";
}

bool is_client_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.front() != '-' &&
         name.front() != ' ' && name.back() != ' ' && printable(name) == name;
}

Expected<Clients> Clients::parse(const std::string& text, const std::string& where) {
  const Error damaged{"read who is paired", where, "is damaged",
                      "delete the file, then pair every browser again: hotseat web pair"};
  try {
    Clients clients;
    const auto document = nlohmann::json::parse(text);
    for (const auto& item : document.at("clients")) {
      auto client = read_entry(item);
      if (!client) return fail(damaged);
      clients.clients_.push_back(std::move(*client));
    }
    return clients;
  } catch (const nlohmann::json::exception&) {
    return fail(damaged);
  }
}

std::string Clients::to_text() const {
  auto list = nlohmann::ordered_json::array();
  for (const Client& client : clients_) list.push_back(entry(client));
  return nlohmann::ordered_json({{"clients", std::move(list)}}).dump(2) + "\n";
}

void Clients::admit(const std::string& name, ClientKind kind, std::string_view secret, Date now) {
  clients_.erase(std::remove_if(clients_.begin(), clients_.end(),
                                [&](const Client& client) {
                                  return client.name == name && client.kind == kind;
                                }),
                 clients_.end());
  clients_.push_back({name, kind, sha256_hex(secret), now, now});
}

bool Clients::dismiss(const std::string& name) {
  const auto gone = std::remove_if(clients_.begin(), clients_.end(),
                                   [&](const Client& client) { return client.name == name; });
  const bool any = gone != clients_.end();
  clients_.erase(gone, clients_.end());
  return any;
}

bool Clients::dismiss_one(std::string_view secret, ClientKind kind) {
  const auto client = find(secret, kind);
  if (client == clients_.end()) return false;
  clients_.erase(client);
  return true;
}

// Hashes of 256 random bits: what comparing them takes tells nothing of a secret.
std::vector<Client>::iterator Clients::find(std::string_view secret, ClientKind kind) {
  const std::string hash = sha256_hex(secret);
  return std::find_if(clients_.begin(), clients_.end(), [&](const Client& client) {
    return client.kind == kind && client.hash == hash;
  });
}

std::optional<std::string> Clients::identify(std::string_view secret, ClientKind kind) const {
  const std::string hash = sha256_hex(secret);
  for (const Client& client : clients_) {
    if (client.kind == kind && client.hash == hash) return client.name;
  }
  return std::nullopt;
}

bool Clients::saw(std::string_view secret, ClientKind kind, Date now) {
  const auto client = find(secret, kind);
  if (client == clients_.end()) return false;
  // What was seen in the future was seen by a clock that has been put right since.
  if (now >= client->seen && now - client->seen < kNews) return false;
  client->seen = now;
  return true;
}

std::vector<std::string> Clients::forget_idle(Date now, Date session) {
  const auto is_idle = [&](const Client& client) {
    return client.kind == ClientKind::browser && now - client.seen >= session;
  };
  std::vector<std::string> names;
  for (const Client& client : clients_) {
    if (is_idle(client)) names.push_back(client.name);
  }
  clients_.erase(std::remove_if(clients_.begin(), clients_.end(), is_idle), clients_.end());
  return names;
}

std::string Clients::free_name() const {
  for (std::size_t number = 1;; ++number) {
    std::string name = "browser-" + std::to_string(number);
    if (std::none_of(clients_.begin(), clients_.end(),
                     [&](const Client& client) { return client.name == name; })) {
      return name;
    }
  }
}

}  // namespace hotseat::web
