// The real adapter on the lab's two monitors: real /dev/i2c-N, real loop.
#pragma once

#include <systemd/sd-event.h>

#include <functional>
#include <memory>
#include <string>

#include "adapters/ddc/ddc_monitors.h"
#include "adapters/loop/loop.h"
#include "tests/contract/monitors_contract.h"
#include "tests/integration/ddc/ddcmon.h"

namespace hotseat::lab {

class DdcMonRig : public contract::MonitorsRig {
 public:
  DdcMonRig() {
    left_.reset(0x0f);
    right_.reset(0x0f);
    monitors_ = std::make_unique<adapters::DdcMonitors>(loop_, loop_);
  }

  bool run_until(const std::function<bool()>& condition) override {
    // Generous: the workstation is emulated, and it shares its processors.
    const auto patience = loop_.now() + std::chrono::seconds(60);
    while (!condition()) {
      if (loop_.now() > patience) return false;
      turn(std::chrono::milliseconds(100));
    }
    return true;
  }

  void run_a_while() override {
    const auto end = loop_.now() + std::chrono::milliseconds(500);
    while (loop_.now() < end) turn(std::chrono::milliseconds(50));
  }

  ports::Monitors& monitors() override { return *monitors_; }

  MonitorMatch match_of(const std::string& monitor) override {
    MonitorMatch match;
    match.manufacturer = "HOT";
    match.model = monitor == "left" ? "HOT24" : "HOT27";
    return match;
  }
  std::uint8_t shown_by(const std::string& monitor) override { return ddcmon(monitor).input(); }
  void make_faulty(const std::string& monitor, contract::MonitorFault fault) override {
    ddcmon(monitor).fault(name_of(fault));
  }
  void unplug(const std::string& monitor) override { ddcmon(monitor).unplug(); }
  void plug(const std::string& monitor) override { ddcmon(monitor).plug(); }

  const DdcMon& ddcmon(const std::string& monitor) const {
    return monitor == "left" ? left_ : right_;
  }
  void forget_monitors() { monitors_.reset(); }

 private:
  static std::string name_of(contract::MonitorFault fault) {
    using contract::MonitorFault;
    switch (fault) {
      case MonitorFault::none:
        return "none";
      case MonitorFault::nack:
        return "nack";
      case MonitorFault::slow:
        return "slow=800";
      case MonitorFault::ignore:
        return "ignore";
      case MonitorFault::mute:
        return "mute";
      case MonitorFault::misread:
        return "wrong_readback=0x0305";
      case MonitorFault::revert:
        return "revert=20";
    }
    return "none";
  }

  void turn(std::chrono::microseconds limit) {
    sd_event_run(loop_.native(), static_cast<std::uint64_t>(limit.count()));
  }

  adapters::Loop loop_;
  DdcMon left_{0};
  DdcMon right_{1};
  std::unique_ptr<adapters::DdcMonitors> monitors_;
};

}  // namespace hotseat::lab
