#include "adapters/libvirt/socket.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace hotseat::adapters::libvirt {

void Socket::learn(int fd) {
  const std::lock_guard lock(mutex_);
  fd_.reset(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (interrupted_ && fd_) ::shutdown(fd_.get(), SHUT_RDWR);
}

int Socket::fd() const {
  const std::lock_guard lock(mutex_);
  return fd_.get();
}

void Socket::interrupt() {
  const std::lock_guard lock(mutex_);
  interrupted_ = true;
  if (fd_) ::shutdown(fd_.get(), SHUT_RDWR);
}

}  // namespace hotseat::adapters::libvirt
