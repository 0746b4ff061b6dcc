// The input router port over the simulated workstation.
#pragma once

#include "ports/input_router.h"
#include "sim/agenda.h"
#include "sim/workstation.h"

namespace hotseat::sim {

class SimInputRouter : public ports::InputRouter {
 public:
  explicit SimInputRouter(Workstation& workstation);

  void observe(Listener listener) override;
  void configure(const InputSetup& setup) override;
  void set_shortcuts(const Shortcuts& shortcuts) override;
  void route(const TargetName& target, ports::Done done) override;

  // A person presses the chord of this hotkey.
  void press(const Hotkey& hotkey);

 private:
  void drop_orphans(std::vector<InputTarget> wanted);
  void report();

  Workstation& workstation_;
  Listener listener_;
  InputSetup setup_;
  Shortcuts shortcuts_;
  int releases_untold_ = 0;
  RouterStatus status_;
  Mail mail_;
};

}  // namespace hotseat::sim
