// One conversation with `hotseat hook`: a request is read, an answer is written, that is all.
#pragma once

#include <systemd/sd-event.h>

#include <functional>
#include <memory>
#include <string>

#include "base/unique_fd.h"
#include "ports/clock.h"
#include "service/sd_bus_handles.h"
#include "wire/hook_frame.h"

namespace hotseat::service {

// Loop thread only. Who is at the other end has been looked at before.
class HookConnection {
 public:
  struct Hooks {
    std::function<void(const wire::HookEvent&)> asked;  // once
    // It is over: answered, or what it said is told. Last call; it may not be destroyed inside.
    std::function<void(const std::string& complaint)> over;
  };

  // The request is to be complete after `patience`. Throws std::system_error.
  HookConnection(sd_event* event, ports::Clock& clock, UniqueFd socket, ports::Duration patience,
                 Hooks hooks);
  HookConnection(const HookConnection&) = delete;
  HookConnection& operator=(const HookConnection&) = delete;

  void answer(const wire::HookAnswer& answer);

 private:
  static int on_readable(sd_event_source*, int, std::uint32_t, void* self);
  void read();
  void look_at_received();
  void end(const std::string& complaint);

  UniqueFd socket_;
  Hooks hooks_;
  std::string received_;
  std::size_t wanted_ = wire::kHookHeader;  // bytes of `received_`
  std::unique_ptr<ports::Timer> limit_;
  EventSource readable_;
};

}  // namespace hotseat::service
