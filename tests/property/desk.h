// The demo's desk with a daemon that can be killed and started again, and what must be true of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/coordinator.h"
#include "sim/virtual_clock.h"
#include "sim/workstation.h"

namespace hotseat::property {

// The seat of the demo, and commands that hold a switch up when they fail.
Seat seat_with_commands();

class Desk {
 public:
  struct Request {
    std::string asked;
    int answers = 0;
    bool abandoned = false;  // the daemon was killed before it answered
    SwitchReport report;
  };

  explicit Desk(std::uint64_t seed, double spread = 0.5, Seat seat = seat_with_commands());
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk();

  sim::VirtualClock& clock() { return clock_; }
  sim::Workstation& workstation() { return workstation_; }
  const Seat& seat() const { return seat_; }

  // The daemon. Requests keep their place in requests().
  bool daemon_runs() const { return daemon_ != nullptr; }
  void start_daemon();
  void kill_daemon();
  app::Coordinator& daemon();
  std::size_t request_switch(const std::string& target);
  std::size_t request_next();
  std::size_t request_release();
  const std::vector<Request>& requests() const { return requests_; }
  // Turns the clock until it is answered; false when it never is.
  bool wait_for(std::size_t request);
  // Asks, waits, and gives the report.
  SwitchReport switch_to(const std::string& target);

  // Ends every trouble (faults, a daemon of libvirt that is down, paused guests) and gives
  // everything the time to find its place.
  void settle();

  TargetName owner();
  // "host", a domain's name, or "" while nobody has it.
  std::string holder(const std::string& device) { return workstation_.usb().holder_of(device); }

  // Everything that is not as it must be once it has settled; empty when all is well.
  std::vector<std::string> wrong_when_settled();
  // Everything that is not as it must be at any instant.
  std::vector<std::string> wrong_now();
  // A report that contradicts itself or leaves out what it must say.
  static std::vector<std::string> dishonesties(const SwitchReport& report);

  // What happened, to be read when a test fails.
  void note(const std::string& text);
  std::string story() const;

 private:
  class Log;
  struct Daemon;

  app::Service::Answer expect_answer(const std::string& asked);

  Seat seat_;
  sim::VirtualClock clock_;
  sim::Workstation workstation_;
  std::vector<Request> requests_;
  std::vector<std::string> story_;
  std::unique_ptr<Daemon> daemon_;
};

}  // namespace hotseat::property
