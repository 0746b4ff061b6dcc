// Reports that leave as D-Bus signals.
#pragma once

#include <string>

#include "ports/reports.h"

namespace hotseat::service {

class DbusService;

// Made before the app (which reports to it) and the DbusService (which asks the app, and sends the
// signals); outlives both. Without a service, and for notices, it does nothing. Loop thread only.
class DbusReports : public ports::Reports {
 public:
  void switch_started(const SwitchReport& report) override;
  void step_changed(SwitchId id, const StepReport& step) override;
  void switch_ended(const SwitchReport& report) override;
  void status_changed() override;
  void notice(const std::string& text) override;

 private:
  friend class DbusService;
  DbusService* service_ = nullptr;  // sets and clears it itself
};

}  // namespace hotseat::service
