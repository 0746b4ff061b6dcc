// A desktop that shows notifications, as far as those who send them can tell (Desktop Notifications
// Specification 1.2).
#pragma once

#include <systemd/sd-bus.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hotseat::test {

struct Shown {
  std::uint32_t id = 0;
  std::uint32_t replaces = 0;
  std::string title;
  std::string text;
  unsigned urgency = 0;  // 0 low, 1 normal, 2 critical
};

class NotificationServer {
 public:
  // Has its name on the bus when this returns; answers while the loop turns.
  NotificationServer(sd_event* loop, const std::string& bus_address);
  NotificationServer(const NotificationServer&) = delete;
  NotificationServer& operator=(const NotificationServer&) = delete;

  const std::vector<Shown>& shown() const { return shown_; }

 private:
  struct Close {
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
  };
  static int notify(sd_bus_message* call, void* self, sd_bus_error* error);

  std::vector<Shown> shown_;
  std::unique_ptr<sd_bus, Close> bus_;
};

}  // namespace hotseat::test
