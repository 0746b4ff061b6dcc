// An address and port to listen on: "127.0.0.1:8674", "[::1]:8674".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotseat::web {

inline constexpr std::uint16_t kUsualPort = 8674;

struct ListenAddress {
  std::string host;  // a literal, IPv6 without brackets
  std::uint16_t port = kUsualPort;
  bool operator==(const ListenAddress&) const = default;
};

// Literals only: a name could come to mean another address between the check and its use.
std::optional<ListenAddress> parse_listen_address(std::string_view text);
std::string to_string(const ListenAddress& address);

// A literal IPv4 or IPv6 address, IPv6 without brackets, in its usual spelling; nothing for others.
std::optional<std::string> canonical_ip(std::string_view text);

// Reached from this machine alone: 127.0.0.0/8 and ::1.
bool is_loopback(const std::string& ip);
// Stands for every address of the machine: 0.0.0.0 and ::.
bool is_wildcard(const std::string& ip);

}  // namespace hotseat::web
