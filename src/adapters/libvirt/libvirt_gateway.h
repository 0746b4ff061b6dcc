// Gateway and Session on the client library of libvirt.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "adapters/libvirt/event_loop.h"
#include "adapters/libvirt/session.h"
#include "adapters/libvirt/socket.h"

namespace hotseat::adapters::libvirt {

class LibvirtGateway : public Gateway {
 public:
  // `loop` is client_loop(), kept turning by the caller.
  LibvirtGateway(std::string uri, EventLoop& loop) : uri_(std::move(uri)), loop_(loop) {}

  Expected<std::shared_ptr<Session>> open(Listener listener) override;
  void interrupt() override;

 private:
  const std::string uri_;
  EventLoop& loop_;
  std::mutex mutex_;                // guards socket_
  std::shared_ptr<Socket> socket_;  // of the latest session or attempt
};

}  // namespace hotseat::adapters::libvirt
