#include "systemd_reports.h"

#include <systemd/sd-daemon.h>

namespace hotseat {

void SystemdReports::ready(const app::Service& service) {
  service_ = &service;
  sd_notify(0, "READY=1");
  status_changed();
}

void SystemdReports::stopping() {
  sd_notify(0, "STOPPING=1");
}

void SystemdReports::status_changed() {
  if (service_ == nullptr) return;
  const app::Status status = service_->status();
  std::string text = "STATUS=" + status.world.owner.str() + " has the seat";
  if (!status.problems.empty()) text += "; " + status.problems.front();
  if (text == told_) return;
  told_ = text;
  sd_notify(0, text.c_str());
}

}  // namespace hotseat
