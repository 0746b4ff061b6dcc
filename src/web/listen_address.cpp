#include "web/listen_address.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>

namespace hotseat::web {

namespace {

std::optional<std::string> spelled(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  if (inet_pton(family, text.c_str(), address.data()) != 1) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> words{};
  inet_ntop(family, address.data(), words.data(), words.size());
  return words.data();
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return port;
}

}  // namespace

std::optional<std::string> canonical_ip(std::string_view text) {
  const std::string literal(text);
  if (auto ip = spelled(AF_INET, literal)) return ip;
  return spelled(AF_INET6, literal);
}

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const auto ip = canonical_ip(host);
  const auto port = parse_port(text.substr(colon + 1));
  if (!ip || !port) return std::nullopt;
  if (bracketed != (ip->find(':') != std::string::npos)) return std::nullopt;
  return ListenAddress{*ip, *port};
}

std::string to_string(const ListenAddress& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool is_loopback(const std::string& ip) {
  return ip == "::1" || ip.rfind("127.", 0) == 0;
}

bool is_wildcard(const std::string& ip) {
  return ip == "0.0.0.0" || ip == "::";
}

}  // namespace hotseat::web
