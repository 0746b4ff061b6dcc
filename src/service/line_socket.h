// A Unix socket that lines come through.
#pragma once

#include <systemd/sd-event.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/unique_fd.h"
#include "domain/policy.h"
#include "ports/clock.h"
#include "service/access_log.h"
#include "service/line_clerk.h"
#include "service/line_connection.h"
#include "service/sd_bus_handles.h"
#include "service/unix_socket.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it.
class LineSocket {
 public:
  // Who that is to the policy; nothing for somebody who may not speak here at all.
  using Identify = std::function<std::optional<Requester>(const SocketPeer&)>;

  // Everybody can connect, and is looked at then. Throws std::system_error.
  LineSocket(sd_event* event, ports::Clock& clock, LineClerk& clerk, AccessLog& log,
             UniqueFd listener, Identify identify);
  LineSocket(const LineSocket&) = delete;
  LineSocket& operator=(const LineSocket&) = delete;

 private:
  using Number = std::uint64_t;

  static int on_connection(sd_event_source*, int, std::uint32_t, void* self);
  void accept();
  void serve(UniqueFd socket, const Requester& who);
  void over(Number number);

  sd_event* event_;
  ports::Clock& clock_;
  LineClerk& clerk_;
  AccessLog& log_;
  UniqueFd listener_;
  Identify identify_;
  EventSource waiting_;
  std::map<Number, std::unique_ptr<LineConnection>> connections_;
  std::map<Number, std::unique_ptr<ports::Timer>> leaving_;  // destroy a connection a turn later
  Number next_ = 1;
  std::shared_ptr<LineSocket*> self_;  // answers hold it weakly
};

}  // namespace hotseat::service
