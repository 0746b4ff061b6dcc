// A libvirtd of the test's own, apart from the machine's.
#pragma once

#include <sys/types.h>

#include <string>

namespace hotseat::adapters {

// Runs as an unprivileged user in a directory that goes with it.
class PrivateLibvirtd {
 public:
  static bool is_available();

  PrivateLibvirtd();  // throws std::system_error
  ~PrivateLibvirtd();
  PrivateLibvirtd(const PrivateLibvirtd&) = delete;
  PrivateLibvirtd& operator=(const PrivateLibvirtd&) = delete;

  // The test driver, inside the server: all there is goes through its socket.
  std::string uri() const;
  void run();
  void kill();  // -9, and waits until it is gone
  void freeze() const;

 private:
  std::string directory_;
  pid_t pid_ = -1;
};

}  // namespace hotseat::adapters
