// The daemon's door on D-Bus: org.hotseat.Hotseat1 at /org/hotseat/Hotseat1.
//
// Methods  Switch(s target) → s report     Next() → s report    Release() → s report
//          Plan(s target) → s plan         Status() → s status  Reload() → as notes
//          Ask(s client, s verb, s target) → s report or status
// Signals  SwitchStarted(t id, s from, s to, s cause)
//          StepChanged(t id, u index, s kind, s text, s state, s detail, t took_us)
//          SwitchDone, SwitchFailed, SwitchRolledBack, SwitchRefused(t id, s from, s to, s report)
//          StatusChanged(): Status() answers something else; four times a second at most, and
//          not during a switch
// Properties, announced when they change: Target s, State s, Targets as, Problems as; Version s.
//
// Switch, Next and Release answer when the switch has ended: callers wait without a timeout. That
// it was refused or failed is in the report, not a D-Bus error; org.hotseat.Error.Config is a
// refused Reload. Everybody may look; who may do more the Authority says.
//
// Ask is for those who speak for others (kDoorsGroup): client is "web:NAME" or "ssh:NAME", verb
// "switch", which has a target, "next", "release" or "status".
#pragma once

#include <string>
#include <vector>

#include "app/service.h"
#include "domain/report.h"
#include "ports/clock.h"
#include "ports/reports.h"
#include "service/authority.h"
#include "service/bus_link.h"
#include "service/dbus_reports.h"
#include "service/identified_calls.h"
#include "service/sd_bus_handles.h"
#include "service/status_signal.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it. A bus that is not there is told to `log` and
// waited for.
class DbusService {
 public:
  DbusService(sd_event* event, ports::Clock& clock, app::Service& app, DbusReports& reports,
              ports::Reports& log, BusKind kind);
  ~DbusService();
  DbusService(const DbusService&) = delete;
  DbusService& operator=(const DbusService&) = delete;

 private:
  friend class DbusReports;
  friend struct DbusVtable;

  struct Properties {
    std::string target;
    std::string state;
    std::vector<std::string> targets;
    std::vector<std::string> problems;
  };

  int attach(sd_bus* bus);
  void detach();
  int request(sd_bus_message* call, const Wish& wish, const std::string& target);
  int reload(sd_bus_message* call);
  int ask(sd_bus_message* call);
  void answer_for(const Caller& door, const std::string& client, const std::string& verb,
                  const std::string& target, BusMessage call);
  Wish wish_for(Verb verb, const std::string& target) const;

  static Properties properties(const app::Status& status);
  void look();
  void announce_changes(const app::Status& status);
  void send_status_changed();

  // For DbusReports.
  void send_started(const SwitchReport& report);
  void send_step(SwitchId id, const StepReport& step);
  void send_ended(const SwitchReport& report);
  void status_changed();

  app::Service& app_;
  DbusReports& reports_;
  Properties announced_;
  EventSource announce_;  // runs once per turn of the loop, however often the status changed
  StatusSignal status_signal_;
  AccessLog access_log_;
  Authority authority_;
  IdentifiedCalls calls_;
  BusSlot object_;
  BusLink link_;  // last: its constructor attaches already
};

}  // namespace hotseat::service
