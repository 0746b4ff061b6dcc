#include "service/dbus_service.h"

#include <utility>

#include "service/dbus_names.h"
#include "service/dbus_vtable.h"
#include "service/deferred.h"
#include "service/documents.h"

namespace hotseat::service {

namespace {

const char* ended_signal(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
    case Outcome::done_warnings:
      return "SwitchDone";
    case Outcome::rolled_back:
      return "SwitchRolledBack";
    case Outcome::refused:
      return "SwitchRefused";
    case Outcome::failed:
      break;
  }
  return "SwitchFailed";
}

}  // namespace

DbusService::DbusService(sd_event* event, ports::Clock& clock, app::Service& app,
                         DbusReports& reports, ports::Reports& log, BusKind kind)
    : app_(app),
      reports_(reports),
      announced_(properties(app.status())),
      announce_(deferred(
          event,
          [](sd_event_source*, void* self) {
            static_cast<DbusService*>(self)->look();
            return 0;
          },
          this)),
      status_signal_(clock, app, [this] { send_status_changed(); }),
      access_log_(clock, log),
      authority_(app, access_log_),
      link_(event, clock, kind, kBusName,
            {[this](sd_bus* bus) { return attach(bus); }, [this] { detach(); },
             [&log](const std::string& text) { log.notice(text); }, nullptr}) {
  reports_.service_ = this;
}

DbusService::~DbusService() {
  reports_.service_ = nullptr;
}

int DbusService::attach(sd_bus* bus) {
  sd_bus_slot* slot = nullptr;
  const int result =
      sd_bus_add_object_vtable(bus, &slot, kObjectPath, kInterface, DbusVtable::entries(), this);
  object_.reset(slot);
  return result;
}

void DbusService::detach() {
  authority_.forget();
  calls_.clear();
  object_.reset();
}

DbusService::Properties DbusService::properties(const app::Status& status) {
  Properties found{utf8(status.world.owner.str()), app::to_string(status.state), {kHost.str()}, {}};
  for (const GuestSpec& guest : status.seat->guests) found.targets.push_back(guest.name.str());
  for (const std::string& problem : status.problems) found.problems.push_back(utf8(problem));
  return found;
}

void DbusService::status_changed() {
  sd_event_source_set_enabled(announce_.get(), SD_EVENT_ONESHOT);
}

// A status is a copy of all there is: one does for both.
void DbusService::look() {
  const app::Status status = app_.status();
  announce_changes(status);
  status_signal_.look(status);
}

void DbusService::announce_changes(const app::Status& status) {
  const Properties before = std::exchange(announced_, properties(status));
  std::vector<const char*> changed;
  if (before.target != announced_.target) changed.push_back("Target");
  if (before.state != announced_.state) changed.push_back("State");
  if (before.targets != announced_.targets) changed.push_back("Targets");
  if (before.problems != announced_.problems) changed.push_back("Problems");
  sd_bus* bus = link_.connection();
  if (changed.empty() || bus == nullptr) return;
  changed.push_back(nullptr);
  // sd-bus takes char** and changes nothing behind it.
  sd_bus_emit_properties_changed_strv(bus, kObjectPath, kInterface,
                                      const_cast<char**>(changed.data()));
}

// A signal that cannot be sent is lost like any signal nobody was there to hear.
void DbusService::send_status_changed() {
  sd_bus* bus = link_.connection();
  if (bus == nullptr) return;
  sd_bus_emit_signal(bus, kObjectPath, kInterface, "StatusChanged", nullptr);
}

void DbusService::send_started(const SwitchReport& report) {
  sd_bus* bus = link_.connection();
  if (bus == nullptr) return;
  sd_bus_emit_signal(bus, kObjectPath, kInterface, "SwitchStarted", "tsss", report.id,
                     report.from.str().c_str(), report.to.str().c_str(),
                     utf8(report.cause).c_str());
}

void DbusService::send_step(SwitchId id, const StepReport& step) {
  sd_bus* bus = link_.connection();
  if (bus == nullptr) return;
  sd_bus_emit_signal(bus, kObjectPath, kInterface, "StepChanged", "tusssst", id,
                     static_cast<std::uint32_t>(step.index), step.kind.c_str(),
                     utf8(step.text).c_str(), to_string(step.state), utf8(step.detail).c_str(),
                     static_cast<std::uint64_t>(step.took.count()));
}

void DbusService::send_ended(const SwitchReport& report) {
  sd_bus* bus = link_.connection();
  if (bus == nullptr) return;
  sd_bus_emit_signal(bus, kObjectPath, kInterface, ended_signal(report.outcome), "tsss", report.id,
                     report.from.str().c_str(), report.to.str().c_str(),
                     report_document(report).c_str());
}

}  // namespace hotseat::service
