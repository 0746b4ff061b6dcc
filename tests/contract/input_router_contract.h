// What an adapter that forwards input must do, whatever is behind it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ports/input_router.h"
#include "tests/contract/rig.h"

namespace hotseat::contract {

// A fresh rig: a keyboard is plugged in, and nothing is configured.
class InputRouterRig : public Rig {
 public:
  virtual ports::InputRouter& router() = 0;
  virtual std::string node() = 0;  // of the keyboard
  // A person presses the keys of this hotkey, which is configured, and lets go of them.
  virtual void press(const Hotkey& hotkey) = 0;
  // Out and in again, before the router has noticed; node() stays.
  virtual void replug() = 0;
};

class InputRouterContract : public testing::TestWithParam<RigMaker<InputRouterRig>> {
 protected:
  void observe();
  InputSetup setup();
  // The keyboard is configured, and in the router's hands.
  void start();
  bool is_routed() const;
  bool seen_routed_to(const TargetName& target);
  bool route(const TargetName& target);

  std::unique_ptr<InputRouterRig> rig_ = GetParam().make();
  std::vector<RouterStatus> states_;
  std::vector<std::string> told_;  // "route win11", "hotkey release": in the order they came
};

}  // namespace hotseat::contract
