#include "service/dbus_vtable.h"

#include <string>
#include <string_view>
#include <vector>

#include "service/dbus_messages.h"
#include "service/dbus_names.h"
#include "service/dbus_service.h"
#include "service/documents.h"

namespace hotseat::service {

int DbusVtable::on_switch(sd_bus_message* call, void* self, sd_bus_error*) {
  auto& door = *static_cast<DbusService*>(self);
  const char* target = nullptr;
  const int result = sd_bus_message_read(call, "s", &target);
  if (result < 0) return result;
  return door.request(call, door.wish_for(Verb::switch_to, target), target);
}

int DbusVtable::on_next(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<DbusService*>(self)->request(call, {Verb::next, {}}, "");
}

int DbusVtable::on_release(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<DbusService*>(self)->request(call, {Verb::release, {}}, "");
}

int DbusVtable::on_ask(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<DbusService*>(self)->ask(call);
}

int DbusVtable::on_plan(sd_bus_message* call, void* self, sd_bus_error*) {
  const char* target = nullptr;
  const int result = sd_bus_message_read(call, "s", &target);
  if (result < 0) return result;
  const auto plan = static_cast<DbusService*>(self)->app_.dry_run(target);
  return sd_bus_reply_method_return(call, "s", plan_document(plan).c_str());
}

int DbusVtable::on_status(sd_bus_message* call, void* self, sd_bus_error*) {
  const app::Status status = static_cast<DbusService*>(self)->app_.status();
  return sd_bus_reply_method_return(call, "s", status_document(status).c_str());
}

int DbusVtable::on_reload(sd_bus_message* call, void* self, sd_bus_error*) {
  return static_cast<DbusService*>(self)->reload(call);
}

int DbusVtable::get(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                    void* self, sd_bus_error*) {
  const std::string_view name = property;
  if (name == "Version") return sd_bus_message_append(reply, "s", HOTSEAT_VERSION);
  const auto now = DbusService::properties(static_cast<DbusService*>(self)->app_.status());
  if (name == "Target") return sd_bus_message_append(reply, "s", now.target.c_str());
  if (name == "State") return sd_bus_message_append(reply, "s", now.state.c_str());
  return append_strings(reply, name == "Targets" ? now.targets : now.problems);
}

const sd_bus_vtable* DbusVtable::entries() {
  // Unprivileged: the Authority decides who may call, not sd-bus's check for CAP_SYS_ADMIN.
  constexpr auto kOpen = SD_BUS_VTABLE_UNPRIVILEGED;
  constexpr auto kAnnounced = SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE;
  static const sd_bus_vtable table[] = {
      SD_BUS_VTABLE_START(0),
      SD_BUS_METHOD_WITH_NAMES("Switch", "s", SD_BUS_PARAM(target), "s", SD_BUS_PARAM(report),
                               &DbusVtable::on_switch, kOpen),
      SD_BUS_METHOD_WITH_NAMES("Next", "", , "s", SD_BUS_PARAM(report), &DbusVtable::on_next,
                               kOpen),
      SD_BUS_METHOD_WITH_NAMES("Release", "", , "s", SD_BUS_PARAM(report), &DbusVtable::on_release,
                               kOpen),
      SD_BUS_METHOD_WITH_NAMES("Plan", "s", SD_BUS_PARAM(target), "s", SD_BUS_PARAM(plan),
                               &DbusVtable::on_plan, kOpen),
      SD_BUS_METHOD_WITH_NAMES("Status", "", , "s", SD_BUS_PARAM(status), &DbusVtable::on_status,
                               kOpen),
      SD_BUS_METHOD_WITH_NAMES("Ask", "sss",
                               SD_BUS_PARAM(client) SD_BUS_PARAM(verb) SD_BUS_PARAM(target), "s",
                               SD_BUS_PARAM(answer), &DbusVtable::on_ask, kOpen),
      SD_BUS_METHOD_WITH_NAMES("Reload", "", , "as", SD_BUS_PARAM(notes), &DbusVtable::on_reload,
                               kOpen),
      SD_BUS_PROPERTY("Target", "s", &DbusVtable::get, 0, kAnnounced),
      SD_BUS_PROPERTY("State", "s", &DbusVtable::get, 0, kAnnounced),
      SD_BUS_PROPERTY("Targets", "as", &DbusVtable::get, 0, kAnnounced),
      SD_BUS_PROPERTY("Problems", "as", &DbusVtable::get, 0, kAnnounced),
      SD_BUS_PROPERTY("Version", "s", &DbusVtable::get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
      SD_BUS_SIGNAL_WITH_NAMES(
          "SwitchStarted", "tsss",
          SD_BUS_PARAM(id) SD_BUS_PARAM(from) SD_BUS_PARAM(to) SD_BUS_PARAM(cause), 0),
      SD_BUS_SIGNAL_WITH_NAMES("StepChanged", "tusssst",
                               SD_BUS_PARAM(id) SD_BUS_PARAM(index) SD_BUS_PARAM(kind)
                                   SD_BUS_PARAM(text) SD_BUS_PARAM(state) SD_BUS_PARAM(detail)
                                       SD_BUS_PARAM(took_us),
                               0),
      SD_BUS_SIGNAL_WITH_NAMES(
          "SwitchDone", "tsss",
          SD_BUS_PARAM(id) SD_BUS_PARAM(from) SD_BUS_PARAM(to) SD_BUS_PARAM(report), 0),
      SD_BUS_SIGNAL_WITH_NAMES(
          "SwitchFailed", "tsss",
          SD_BUS_PARAM(id) SD_BUS_PARAM(from) SD_BUS_PARAM(to) SD_BUS_PARAM(report), 0),
      SD_BUS_SIGNAL_WITH_NAMES(
          "SwitchRolledBack", "tsss",
          SD_BUS_PARAM(id) SD_BUS_PARAM(from) SD_BUS_PARAM(to) SD_BUS_PARAM(report), 0),
      SD_BUS_SIGNAL_WITH_NAMES(
          "SwitchRefused", "tsss",
          SD_BUS_PARAM(id) SD_BUS_PARAM(from) SD_BUS_PARAM(to) SD_BUS_PARAM(report), 0),
      SD_BUS_SIGNAL("StatusChanged", "", 0),
      SD_BUS_VTABLE_END};
  return table;
}

}  // namespace hotseat::service
