#include "adapters/udev/uevent_monitor.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace hotseat::adapters {

namespace {

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

sd_device_monitor* new_monitor() {
  sd_device_monitor* monitor = nullptr;
  check(sd_device_monitor_new(&monitor), "sd_device_monitor_new");
  return monitor;
}

using Getter = int (*)(sd_device*, const char**);
std::string value_of(sd_device* device, Getter get) {
  const char* value = nullptr;
  return get(device, &value) >= 0 && value != nullptr ? value : "";
}

std::string action_of(sd_device* device) {
  const char* action = nullptr;
  return sd_device_get_property_value(device, "ACTION", &action) >= 0 ? action : "";
}

// What came with the event: nothing is read for it.
Uevent uevent_of(sd_device* device) {
  return {value_of(device, sd_device_get_subsystem), action_of(device),
          value_of(device, sd_device_get_devpath), device};
}

}  // namespace

UeventMonitor::UeventMonitor(sd_event* event, const std::vector<const char*>& subsystems,
                             OnEvent on_event, OnOverrun on_overrun)
    : on_event_(std::move(on_event)), on_overrun_(std::move(on_overrun)), monitor_(new_monitor()) {
  sd_device_monitor* monitor = monitor_.get();
  for (const char* subsystem : subsystems) {
    check(sd_device_monitor_filter_add_match_subsystem_devtype(monitor, subsystem, nullptr),
          "sd_device_monitor_filter_add_match_subsystem_devtype");
  }
  check(sd_device_monitor_attach_event(monitor, event), "sd_device_monitor_attach_event");
  auto on_device = [](sd_device_monitor*, sd_device* device, void* self) {
    static_cast<UeventMonitor*>(self)->on_event_(uevent_of(device));
    return 0;
  };
  check(sd_device_monitor_start(monitor, on_device, this), "sd_device_monitor_start");
  watch_overruns(event);
}

UeventMonitor::~UeventMonitor() {
  sd_device_monitor_stop(monitor_.get());
}

// A full buffer is an error on the socket (netlink_overrun in net/netlink/af_netlink.c). Reading it
// takes it away, so this looks first; a second descriptor, because epoll takes each only once.
void UeventMonitor::watch_overruns(sd_event* event) {
  const int fd = sd_event_source_get_io_fd(sd_device_monitor_get_event_source(monitor_.get()));
  check(fd, "sd_event_source_get_io_fd");
  socket_.reset(fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (!socket_) throw std::system_error(errno, std::generic_category(), "fcntl(F_DUPFD_CLOEXEC)");
  auto on_error = [](sd_event_source*, int socket, uint32_t, void* self) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);  // and so clears it
    static_cast<UeventMonitor*>(self)->on_overrun_();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_io(event, &source, socket_.get(), EPOLLERR, on_error, this),
        "sd_event_add_io");
  overrun_.reset(source);
  check(sd_event_source_set_priority(source, SD_EVENT_PRIORITY_IMPORTANT),
        "sd_event_source_set_priority");
}

}  // namespace hotseat::adapters
