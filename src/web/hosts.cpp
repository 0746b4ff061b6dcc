#include "web/hosts.h"

#include <algorithm>

namespace hotseat::web {

namespace {

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// "[::1]:8674" → "::1", "localhost:8674" → "localhost".
std::string without_port(const std::string& host) {
  if (!host.empty() && host.front() == '[') {
    const auto end = host.find(']');
    return end == std::string::npos ? "" : host.substr(1, end - 1);
  }
  return host.substr(0, host.find(':'));
}

}  // namespace

Hosts::Hosts(const std::vector<ListenAddress>& listen, const std::vector<std::string>& names)
    : known_(names.begin(), names.end()) {
  for (const ListenAddress& address : listen) {
    known_.insert(address.host);
    if (is_wildcard(address.host)) any_address_ = true;
    if (is_wildcard(address.host) || is_loopback(address.host)) known_.insert("localhost");
  }
}

// Rebinding takes a name, so an address is never foreign where we listen on all of them.
bool Hosts::knows(const Request& request) const {
  const std::string* header = request.header("host");
  if (header == nullptr) return false;
  const std::string host = lowered(without_port(*header));
  if (known_.count(host) > 0) return true;
  const auto address = canonical_ip(host);
  return address && (any_address_ || known_.count(*address) > 0);
}

bool is_own_origin(const Request& request) {
  const std::string* site = request.header("sec-fetch-site");
  if (site != nullptr && *site != "same-origin" && *site != "none") return false;
  const std::string* origin = request.header("origin");
  if (origin == nullptr) return true;
  const std::string* host = request.header("host");
  return host != nullptr &&
         lowered(*origin) == (request.encrypted ? "https://" : "http://") + lowered(*host);
}

}  // namespace hotseat::web
