// A rig on the daemon's own loop: for real adapters, under real time.
#pragma once

#include <systemd/sd-event.h>

#include <chrono>
#include <functional>

#include "adapters/loop/loop.h"

namespace hotseat::contract {

template <typename RigType>
class LoopRig : public RigType {
 public:
  bool run_until(const std::function<bool()>& condition) override {
    return turn_until(condition, patience_);
  }
  void run_a_while() override {
    turn_until([] { return false; }, a_while_);
  }

 protected:
  // The lab is an emulated PC on a busy machine: its patience is long, and so is its while.
  LoopRig(ports::Duration patience, ports::Duration a_while)
      : patience_(patience), a_while_(a_while) {}

  adapters::Loop loop_;

 private:
  bool turn_until(const std::function<bool()>& condition, ports::Duration limit) {
    const auto end = loop_.now() + limit;
    while (!condition()) {
      if (loop_.now() >= end) return false;
      // Also looks at what no event tells of: 20 ms at most between two looks.
      sd_event_run(loop_.native(), 20'000);
    }
    return true;
  }

  ports::Duration patience_;
  ports::Duration a_while_;
};

}  // namespace hotseat::contract
