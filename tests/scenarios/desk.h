// A person at the simulated workstation: hotseatd's app over it, and what was answered.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/coordinator.h"
#include "app/report_queue.h"
#include "domain/report.h"
#include "domain/seat.h"
#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_nodes.h"
#include "sim/input_router.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"
#include "sim/virtual_clock.h"
#include "sim/workstation.h"

namespace hotseat::testing {

class Desk {
 public:
  Desk();

  // hotseatd and its life.
  void start_hotseatd();
  void kill_hotseatd();  // as SIGKILL: nothing is finished, nothing is told
  app::Coordinator& hotseatd();
  Seat& config() { return config_; }  // read by the next start or reload

  // Requests; `answer()` is the newest one answered.
  void ask(const std::string& target);
  void ask_next();
  void ask_release();
  const SwitchReport& answer() const;
  int answered() const { return answered_; }
  int asked() const { return asked_; }

  // Lets time pass until nothing is left to happen, or a guest keeps things busy for too long.
  void settle() { clock_.run_until_idle(std::chrono::minutes(5)); }
  void pass(ports::Duration time) { clock_.advance(time); }

  sim::Workstation& workstation() { return workstation_; }

  // The truth, as the person sees it.
  std::string device_is_with(const std::string& device);  // "host", a domain, or "nobody"
  bool is_driven(const std::string& device);              // by the host
  std::string monitor_shows(const std::string& monitor);  // a target, or the input in hex

 private:
  struct Daemon {
    Daemon(Desk& desk, Seat seat);
    sim::SimHypervisor hypervisor;
    sim::SimUsbDevices usb;
    sim::SimMonitors monitors;
    sim::SimCommands commands;
    sim::SimInputNodes input_nodes;
    sim::SimInputRouter router;
    app::ReportQueue reports;
    app::Coordinator coordinator;
  };
  app::Service::Answer take_answer();

  sim::VirtualClock clock_;
  sim::Workstation workstation_{clock_};
  Seat config_ = sim::demo_seat();
  std::unique_ptr<Daemon> daemon_;
  std::optional<SwitchReport> answer_;
  int asked_ = 0;
  int answered_ = 0;
};

}  // namespace hotseat::testing
