#include "service/dbus_reports.h"

#include "service/dbus_service.h"

namespace hotseat::service {

void DbusReports::switch_started(const SwitchReport& report) {
  if (service_ != nullptr) service_->send_started(report);
}

void DbusReports::step_changed(SwitchId id, const StepReport& step) {
  if (service_ != nullptr) service_->send_step(id, step);
}

void DbusReports::switch_ended(const SwitchReport& report) {
  if (service_ != nullptr) service_->send_ended(report);
}

void DbusReports::status_changed() {
  if (service_ != nullptr) service_->status_changed();
}

// The journal's: a notice is no part of the interface.
void DbusReports::notice(const std::string&) {}

}  // namespace hotseat::service
