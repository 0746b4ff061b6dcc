// The host's evdev nodes, observed through udev.
#pragma once

#include <systemd/sd-device.h>
#include <systemd/sd-event.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/udev/uevent_monitor.h"
#include "ports/input_nodes.h"

namespace hotseat::adapters {

// Loop thread only. Sleeps until a uevent comes, and reads what that one is about; a burst of them
// is one call, when something is different.
class UdevInputNodes : public ports::InputNodes {
 public:
  // Throws std::system_error when there is no uevent socket to be had. The event outlives it.
  explicit UdevInputNodes(sd_event* event);
  ~UdevInputNodes() override;
  UdevInputNodes(const UdevInputNodes&) = delete;
  UdevInputNodes& operator=(const UdevInputNodes&) = delete;

  void observe(std::function<void(const std::vector<InputNode>&)> changed) override;

 private:
  struct Unref {
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };

  void on_uevent(const Uevent& uevent);
  void read_all();
  void tell_soon();
  void tell();

  std::function<void(const std::vector<InputNode>&)> changed_;
  std::map<std::string, InputNode> nodes_;  // by their paths below /sys
  std::optional<std::vector<InputNode>> told_;
  std::unique_ptr<sd_event_source, Unref> tell_;
  UeventMonitor monitor_;  // last: calls back into the above
};

}  // namespace hotseat::adapters
