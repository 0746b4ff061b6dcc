// Unix sockets that listen, and who connects to them.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/unique_fd.h"

namespace hotseat::service {

// Listens, non-blocking, in the place of a socket that an earlier hotseatd has left. `mode` says
// who may connect. Throws std::system_error.
UniqueFd listen_at(const std::filesystem::path& path, mode_t mode);

// Who is at the other end, as the kernel tells.
struct SocketPeer {
  uid_t uid = 0;
  pid_t pid = 0;
  std::vector<std::uint32_t> gids;
};

std::optional<SocketPeer> peer_of(int socket);

}  // namespace hotseat::service
