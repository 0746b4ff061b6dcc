// What an adapter of the seat's monitors must do, whatever is behind it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "ports/monitors.h"
#include "tests/contract/rig.h"

namespace hotseat::contract {

enum class MonitorFault {
  none,
  nack,     // acknowledges nothing
  slow,     // every transfer takes most of a second
  ignore,   // acknowledges a Set and does nothing
  mute,     // never answers a Get
  misread,  // answers every Get with another input
  revert,   // goes back to the input before at once
};

// A fresh rig: monitors "left" and "right", told apart by model, both show 0x0f and are faultless.
class MonitorsRig : public Rig {
 public:
  virtual ports::Monitors& monitors() = 0;

  virtual MonitorMatch match_of(const std::string& monitor) = 0;
  virtual std::uint8_t shown_by(const std::string& monitor) = 0;
  virtual void make_faulty(const std::string& monitor, MonitorFault fault) = 0;
  virtual void unplug(const std::string& monitor) = 0;
  virtual void plug(const std::string& monitor) = 0;
};

class MonitorsContract : public testing::TestWithParam<RigMaker<MonitorsRig>> {
 protected:
  static constexpr ports::Duration kDeadline = std::chrono::seconds(3);
  static constexpr std::uint8_t kDisplayPort1 = 0x0f;  // MCCS 2.2a, 0x60
  static constexpr std::uint8_t kHdmi1 = 0x11;
  const MonitorName left_{"left"};
  const MonitorName right_{"right"};

  void observe_both();
  MonitorSpec spec(const MonitorName& name) const;
  const MonitorStatus& status(const MonitorName& name) const;
  bool status_is(const MonitorName& name,
                 const std::function<bool(const MonitorStatus&)>& condition);
  bool certain(const MonitorName& name, InputCertainty certainty);
  void set(const MonitorName& name, std::uint8_t input, Answer& answer);
  // The read-backs have all been made, in vain.
  void expect_never_verified(const MonitorName& name);

  std::unique_ptr<MonitorsRig> rig_ = GetParam().make();
  std::vector<std::vector<MonitorStatus>> lists_;
};

}  // namespace hotseat::contract
