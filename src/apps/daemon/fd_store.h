// systemd's fd store: descriptors that the next hotseatd gets back.
#pragma once

#include <string>
#include <vector>

#include "adapters/evdev/clone_store.h"
#include "base/unique_fd.h"

namespace hotseat {

// Does nothing outside of a systemd unit with FileDescriptorStoreMax=.
class FdStore : public adapters::evdev::CloneStore {
 public:
  void keep(const std::string& name, int fd) override;
  void forget(const std::string& name) override;
};

struct HandedOver {
  std::vector<UniqueFd> kept;     // by an earlier hotseatd: clones
  std::vector<UniqueFd> sockets;  // that listen for lines: hotseat-usbserver.socket
};

// What systemd has for us. Once; before any thread starts (it changes the environment).
HandedOver take_fds();

}  // namespace hotseat
