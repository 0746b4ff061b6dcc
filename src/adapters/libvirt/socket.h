// The socket of one connection to libvirtd, learnt while the client library opens it.
#pragma once

#include <mutex>

#include "base/unique_fd.h"

namespace hotseat::adapters::libvirt {

// Thread-safe.
class Socket {
 public:
  // Withheld: the library must do without watching it (client_library.h says why).
  explicit Socket(bool withheld) : withheld_(withheld) {}

  bool withheld() const { return withheld_; }
  void learn(int fd);
  int fd() const;  // -1: none, as when the driver lives in this process
  // Ends what is under way on it, and everything to come, at once.
  void interrupt();

 private:
  const bool withheld_;
  mutable std::mutex mutex_;  // guards both below
  UniqueFd fd_;               // a duplicate: the library closes its own when it likes
  bool interrupted_ = false;
};

}  // namespace hotseat::adapters::libvirt
