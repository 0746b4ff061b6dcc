// The door for libvirt's hook: a socket in /run/hotseat that root's `hotseat hook` speaks to.
#pragma once

#include <systemd/sd-event.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>

#include "app/service.h"
#include "base/unique_fd.h"
#include "ports/clock.h"
#include "ports/reports.h"
#include "service/hook_connection.h"
#include "service/sd_bus_handles.h"

namespace hotseat::service {

struct HookLimits {
  std::size_t connections = 8;  // more of them wait in the kernel
  ports::Duration reading = std::chrono::seconds(1);
};

// Loop thread only. Everything given outlives it.
class HookSocket {
 public:
  // Replaces a socket that an earlier hotseatd left. Without one (no permission, no directory) that
  // is told to `log`, and among the problems of the status.
  HookSocket(sd_event* event, ports::Clock& clock, app::Service& app, ports::Reports& log,
             std::filesystem::path path, HookLimits limits = {});
  ~HookSocket();
  HookSocket(const HookSocket&) = delete;
  HookSocket& operator=(const HookSocket&) = delete;

 private:
  using Number = std::uint64_t;

  void watch();
  static int on_connection(sd_event_source*, int, std::uint32_t, void* self);
  void accept();
  bool may_speak(int socket);
  void serve(UniqueFd socket);
  void asked(Number number, const wire::HookEvent& event);
  void prepare(Number number, const wire::HookEvent& event);
  void answer(Number number, const wire::HookAnswer& answer);
  void over(Number number, const std::string& complaint);

  sd_event* event_;
  ports::Clock& clock_;
  app::Service& app_;
  ports::Reports& log_;
  std::filesystem::path path_;
  HookLimits limits_;
  UniqueFd listener_;
  EventSource waiting_;
  std::map<Number, std::unique_ptr<HookConnection>> connections_;
  std::map<Number, std::unique_ptr<ports::Timer>> leaving_;  // destroy a connection a turn later
  Number next_ = 1;
  std::shared_ptr<HookSocket*> self_;  // verdicts hold it weakly
};

}  // namespace hotseat::service
