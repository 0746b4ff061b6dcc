// What libvirt's client library needs once per process: initialising, and an event loop.
//
// Why not virEventRegisterDefaultImpl(): with any loop that takes its socket, the client asks the
// server for keepalive when it connects (remote_driver.c, VIR_DRV_FEATURE_PROGRAM_KEEPALIVE), and
// libvirtd then pings after every 5 s of silence (libvirtd.conf, keepalive_interval): twelve
// wake-ups a minute for nothing, as the kernel tells at once when the peer of a local socket dies.
// A client whose socket is not taken asks for none and works without; it then reads its socket only
// inside calls. So local connections withhold theirs, and Connection watches a duplicate of it.
// Owning the duplicate has a second use: shutting it down frees every call that is stuck in a
// libvirtd that does not answer.
#pragma once

#include <string>

#include "adapters/libvirt/event_loop.h"
#include "adapters/libvirt/socket.h"

namespace hotseat::adapters::libvirt {

// The one loop of the process: libvirt takes it for good, so it is never destroyed.
EventLoop& client_loop();

// Sockets that the library registers from this thread, in this scope, are this one.
class Opening {
 public:
  explicit Opening(Socket& socket);
  ~Opening();
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;
};

// "qemu:///system", "qemu+unix:///system": no host, and no transport that leaves this machine.
bool is_local(const std::string& uri);

}  // namespace hotseat::adapters::libvirt
