// The desktop's notifications, over the session bus.
#pragma once

#include <systemd/sd-bus.h>

#include <cstdint>
#include <memory>

#include "apps/cli/render_notice.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

// One thread.
class Desktop {
 public:
  static Result<std::unique_ptr<Desktop>> connect();
  Desktop(const Desktop&) = delete;
  Desktop& operator=(const Desktop&) = delete;

  // The loop ends when the session bus does: that is the end of the session.
  Result<void> attach(sd_event* loop);

  // Takes the place of the last one, so that they do not pile up. Waits for the desktop, two
  // seconds at most.
  Result<void> show(const Notice& notice);

 private:
  struct Unref {
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
  };
  using Message = std::unique_ptr<sd_bus_message, Unref>;

  explicit Desktop(sd_bus* bus) : bus_(bus) {}
  Message call_for(const Notice& notice) const;

  std::unique_ptr<sd_bus, Unref> bus_;
  std::uint32_t last_ = 0;
};

}  // namespace hotseat::cli
