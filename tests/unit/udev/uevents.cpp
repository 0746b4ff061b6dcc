#include "tests/unit/udev/uevents.h"

#include <linux/netlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <systemd/sd-device.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace hotseat::adapters {

namespace {

constexpr unsigned kUdevGroup = 2;  // what udev multicasts to; 1 is the kernel's

bool enter_namespace() {
  static const bool entered = [] {
    if (unshare(CLONE_NEWNET) == 0) return true;
    const auto user = getuid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
    // sd-device takes messages from root only.
    return static_cast<bool>(std::ofstream("/proc/self/uid_map")
                             << "0 " << user << " 1" << std::flush);
  }();
  return entered;
}

// proc_pid_net(5): a line a socket: address, protocol, port, multicast groups.
bool anyone_listens() {
  std::ifstream sockets("/proc/thread-self/net/netlink");
  std::string line;
  while (std::getline(sockets, line)) {
    std::istringstream fields(line);
    std::string address;
    int protocol = 0;
    unsigned port = 0;
    unsigned groups = 0;
    if (!(fields >> address >> protocol >> port >> std::hex >> groups)) continue;
    if (protocol == NETLINK_KOBJECT_UEVENT && (groups & kUdevGroup) != 0) return true;
  }
  return false;
}

bool monitors_listen() {
  sd_event* event = nullptr;
  sd_device_monitor* monitor = nullptr;
  sd_event_new(&event);
  const bool listens = sd_device_monitor_new(&monitor) >= 0 &&
                       sd_device_monitor_attach_event(monitor, event) >= 0 &&
                       sd_device_monitor_start(monitor, nullptr, nullptr) >= 0 && anyone_listens();
  sd_device_monitor_unref(monitor);
  sd_event_unref(event);
  return listens;
}

}  // namespace

void UeventsTest::SetUp() {
  if (!enter_namespace()) GTEST_SKIP() << "no network namespace to be had";
  if (!monitors_listen()) GTEST_SKIP() << "sd-device finds no udev here";
  socket_.reset(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT));
  ASSERT_TRUE(socket_);
}

void UeventsTest::shrink_buffers() {
  for (int fd = 0; fd < 1024; ++fd) {
    int domain = 0;
    int protocol = 0;
    socklen_t size = sizeof domain;
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) < 0 || domain != AF_NETLINK) continue;
    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size);
    const int least = 1;
    if (protocol == NETLINK_KOBJECT_UEVENT) {
      setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &least, sizeof least);
    }
  }
}

// In the kernel's own format, which sd-device reads as well.
void UeventsTest::send(const std::string& action, const std::string& subsystem,
                       const std::string& devpath) {
  std::string message = action + "@" + devpath;
  for (const std::string& field :
       {"ACTION=" + action, "DEVPATH=" + devpath, "SUBSYSTEM=" + subsystem,
        "SEQNUM=" + std::to_string(++number_)}) {
    message += '\0' + field;
  }
  message += '\0';
  sockaddr_nl everyone{};
  everyone.nl_family = AF_NETLINK;
  everyone.nl_groups = kUdevGroup;
  sendto(socket_.get(), message.data(), message.size(), 0,
         reinterpret_cast<const sockaddr*>(&everyone), sizeof everyone);
}

}  // namespace hotseat::adapters
