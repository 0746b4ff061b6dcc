// Tells systemd who has the seat: `systemctl status hotseatd` shows it.
#pragma once

#include <string>

#include "app/service.h"
#include "ports/reports.h"

namespace hotseat {

// Loop thread only. Does nothing outside of a systemd unit with Type=notify.
class SystemdReports : public ports::Reports {
 public:
  void ready(
      const app::Service& service);  // announces the start-up complete; `service` outlives it
  void stopping();

  void switch_started(const SwitchReport&) override {}
  void step_changed(SwitchId, const StepReport&) override {}
  void switch_ended(const SwitchReport&) override {}
  void status_changed() override;
  void notice(const std::string&) override {}

 private:
  const app::Service* service_ = nullptr;
  std::string told_;
};

}  // namespace hotseat
