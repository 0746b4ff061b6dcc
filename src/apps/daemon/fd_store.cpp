#include "fd_store.h"

#include <fcntl.h>
#include <systemd/sd-daemon.h>

namespace hotseat {

void FdStore::keep(const std::string& name, int fd) {
  const std::string state = "FDSTORE=1\nFDPOLL=0\nFDNAME=" + name;
  sd_pid_notify_with_fds(0, 0, state.c_str(), &fd, 1);
}

void FdStore::forget(const std::string& name) {
  sd_notify(0, ("FDSTOREREMOVE=1\nFDNAME=" + name).c_str());
}

std::vector<UniqueFd> take_kept_fds() {
  std::vector<UniqueFd> kept;
  const int count = sd_listen_fds(1);
  for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; ++fd) {
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    kept.emplace_back(fd);
  }
  return kept;
}

}  // namespace hotseat
