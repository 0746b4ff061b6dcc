#include "listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

namespace hotseat::web {

namespace {

constexpr int kBacklog = 128;

// One of the two families, as the socket calls take it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress socket_address(const ListenAddress& address) {
  SocketAddress result;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&result.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&result.storage);
  if (inet_pton(AF_INET, address.host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port);
    result.length = sizeof *v4;
  } else {
    inet_pton(AF_INET6, address.host.c_str(), &v6->sin6_addr);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address.port);
    result.length = sizeof *v6;
  }
  return result;
}

Error refused(const ListenAddress& address, int number) {
  std::string hint;
  if (number == EADDRINUSE) hint = "another program has it; choose another port in web.toml";
  if (number == EADDRNOTAVAIL) hint = "this machine does not have that address (yet)";
  if (number == EACCES) hint = "ports below 1024 are root's; choose a higher one in web.toml";
  return {"listen", to_string(address), std::generic_category().message(number), hint};
}

Expected<UniqueFd> listen_on_one(ListenAddress& address) {
  SocketAddress bound = socket_address(address);
  const int family = bound.storage.ss_family;
  UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return fail(refused(address, errno));
  const int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (family == AF_INET6) ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(fd.get(), bound.raw(), bound.length) < 0 || ::listen(fd.get(), kBacklog) < 0) {
    return fail(refused(address, errno));
  }
  ::getsockname(fd.get(), bound.raw(), &bound.length);
  // The port stands at the same place in both families.
  address.port = ntohs(reinterpret_cast<const sockaddr_in*>(&bound.storage)->sin_port);
  return fd;
}

bool is_missing_family(int number) {
  return number == EAFNOSUPPORT || number == EADDRNOTAVAIL;
}

}  // namespace

Expected<std::vector<UniqueFd>> listen_on(std::vector<ListenAddress>& addresses) {
  std::vector<UniqueFd> listeners;
  std::optional<Error> missing;
  for (ListenAddress& address : addresses) {
    auto fd = listen_on_one(address);
    if (fd) {
      listeners.push_back(std::move(*fd));
    } else if (address.host == "::1" && is_missing_family(errno)) {
      missing = fd.error();  // a machine without IPv6
    } else {
      return fail(fd.error());
    }
  }
  if (listeners.empty() && missing) return fail(*missing);
  return listeners;
}

}  // namespace hotseat::web
