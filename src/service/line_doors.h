// The sockets that lines come through: usbserver.sock for programs of this machine, and one for
// each guest's serial port, whose identity is the socket.
#pragma once

#include <systemd/sd-event.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/service.h"
#include "base/unique_fd.h"
#include "ports/clock.h"
#include "ports/reports.h"
#include "service/authority.h"
#include "service/line_clerk.h"
#include "service/line_socket.h"
#include "service/status_listener.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it.
class LineDoors {
 public:
  struct Places {
    std::filesystem::path directory = "/run/hotseat";       // usbserver.sock, guests/TARGET.sock
    std::filesystem::path pid_files = "/run/libvirt/qemu";  // DOMAIN.pid: libvirt's
    std::vector<std::string> qemu_users = {"libvirt-qemu", "qemu"};  // Debian's, Fedora's
  };

  // `handed_over` are sockets that listen already (systemd.socket(5)), for programs of this
  // machine. A socket that cannot be had is among the problems of the status.
  LineDoors(sd_event* event, ports::Clock& clock, app::Service& app, StatusListener& listener,
            ports::Reports& log, Places places, std::vector<UniqueFd> handed_over);
  ~LineDoors();
  LineDoors(const LineDoors&) = delete;
  LineDoors& operator=(const LineDoors&) = delete;

 private:
  void follow_config();
  void open(const std::string& name, LineSocket::Identify identify);
  std::filesystem::path path_of(const std::string& name) const;
  std::optional<Requester> program(const SocketPeer& peer) const;
  std::optional<Requester> guest_with(const SocketPeer& peer) const;
  bool is_qemu(const SocketPeer& peer) const;

  sd_event* event_;
  ports::Clock& clock_;
  app::Service& app_;
  StatusListener& listener_;
  ports::Reports& log_;
  Places places_;
  AccessLog access_log_;
  Authority authority_;
  LineClerk clerk_;
  std::vector<std::unique_ptr<LineSocket>> handed_over_;
  std::map<std::string, std::unique_ptr<LineSocket>> sockets_;  // by name: "usbserver"
  std::vector<TargetName> guests_;                              // that have sockets
  EventSource look_;  // once per turn of the loop, however often the status changed
};

}  // namespace hotseat::service
