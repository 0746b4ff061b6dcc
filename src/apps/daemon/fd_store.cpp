#include "fd_store.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>

namespace hotseat {

void FdStore::keep(const std::string& name, int fd) {
  const std::string state = "FDSTORE=1\nFDPOLL=0\nFDNAME=" + name;
  sd_pid_notify_with_fds(0, 0, state.c_str(), &fd, 1);
}

void FdStore::forget(const std::string& name) {
  sd_notify(0, ("FDSTOREREMOVE=1\nFDNAME=" + name).c_str());
}

HandedOver take_fds() {
  HandedOver found;
  const int count = sd_listen_fds(1);
  for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; ++fd) {
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    const bool listens = sd_is_socket_unix(fd, SOCK_STREAM, 1, nullptr, 0) > 0;
    (listens ? found.sockets : found.kept).emplace_back(fd);
  }
  return found;
}

}  // namespace hotseat
