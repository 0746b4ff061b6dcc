// Uevents, as udev passes them on once it is through with them.
#pragma once

#include <systemd/sd-device.h>
#include <systemd/sd-event.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace hotseat::adapters {

struct Uevent {
  std::string subsystem;        // "usb", "input", "i2c-dev", "drm"
  std::string action;           // "add", "bind", "remove", …
  std::string devpath;          // below /sys
  sd_device* device = nullptr;  // as it came with the event, for the time of the call
};

// Only the subsystems asked for reach this process (a socket filter in the kernel sees to it), so
// that a disk or a network card wakes nothing. Loop thread only.
class UeventMonitor {
 public:
  using OnEvent = std::function<void(const Uevent&)>;
  using OnOverrun = std::function<void()>;

  // Throws std::system_error. `on_overrun`: the socket's buffer was full and uevents are lost.
  // sd-device keeps that to itself (it drops the ENOBUFS its read returns), so it is watched here.
  UeventMonitor(sd_event* event, const std::vector<const char*>& subsystems, OnEvent on_event,
                OnOverrun on_overrun);
  ~UeventMonitor();
  UeventMonitor(const UeventMonitor&) = delete;
  UeventMonitor& operator=(const UeventMonitor&) = delete;

 private:
  struct Unref {
    void operator()(sd_device_monitor* monitor) const { sd_device_monitor_unref(monitor); }
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };

  void watch_overruns(sd_event* event);

  OnEvent on_event_;
  OnOverrun on_overrun_;
  std::unique_ptr<sd_device_monitor, Unref> monitor_;
  UniqueFd socket_;  // the monitor's, a second descriptor of it
  std::unique_ptr<sd_event_source, Unref> overrun_;
};

}  // namespace hotseat::adapters
