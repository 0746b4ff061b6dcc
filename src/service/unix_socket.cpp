#include "service/unix_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace hotseat::service {

namespace {

constexpr int kBacklog = 16;
constexpr std::size_t kMostGroups = 256;

[[noreturn]] void complain(const char* what, int error = errno) {
  throw std::system_error(error, std::generic_category(), what);
}

}  // namespace

UniqueFd listen_at(const std::filesystem::path& path, mode_t mode) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.size() >= sizeof address.sun_path) complain("socket", ENAMETOOLONG);
  std::memcpy(address.sun_path, name.data(), name.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) complain("socket");
  ::unlink(name.c_str());
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    complain("bind");
  }
  if (::chmod(name.c_str(), mode) != 0) complain("chmod");
  if (::listen(socket.get(), kBacklog) != 0) complain("listen");
  return socket;
}

std::optional<SocketPeer> peer_of(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  SocketPeer found{peer.uid, peer.pid, std::vector<std::uint32_t>(kMostGroups)};
  size = static_cast<socklen_t>(found.gids.size() * sizeof(gid_t));
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, found.gids.data(), &size) != 0) size = 0;
  found.gids.resize(size / sizeof(gid_t));
  found.gids.push_back(peer.gid);
  return found;
}

}  // namespace hotseat::service
