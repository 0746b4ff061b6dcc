#include "tests/integration/notify/notification_server.h"

#include <stdexcept>
#include <string_view>

namespace hotseat::test {

namespace {

constexpr const char* kName = "org.freedesktop.Notifications";

unsigned read_urgency(sd_bus_message* call) {
  unsigned urgency = 1;
  sd_bus_message_enter_container(call, 'a', "{sv}");
  while (sd_bus_message_enter_container(call, 'e', "sv") > 0) {
    const char* hint = "";
    std::uint8_t value = 0;
    sd_bus_message_read(call, "s", &hint);
    if (std::string_view(hint) == "urgency") {
      if (sd_bus_message_read(call, "v", "y", &value) > 0) urgency = value;
    } else {
      sd_bus_message_skip(call, "v");
    }
    sd_bus_message_exit_container(call);
  }
  sd_bus_message_exit_container(call);
  return urgency;
}

}  // namespace

NotificationServer::NotificationServer(sd_event* loop, const std::string& bus_address) {
  static const sd_bus_vtable kMethods[] = {
      SD_BUS_VTABLE_START(0),
      SD_BUS_METHOD("Notify", "susssasa{sv}i", "u", &NotificationServer::notify,
                    SD_BUS_VTABLE_UNPRIVILEGED),
      SD_BUS_VTABLE_END};
  sd_bus* raw = nullptr;
  if (sd_bus_new(&raw) < 0) throw std::runtime_error("sd_bus_new");
  bus_.reset(raw);
  if (sd_bus_set_address(raw, bus_address.c_str()) < 0 || sd_bus_set_bus_client(raw, 1) < 0 ||
      sd_bus_start(raw) < 0 ||
      sd_bus_add_object_vtable(raw, nullptr, "/org/freedesktop/Notifications", kName, kMethods,
                               this) < 0 ||
      sd_bus_request_name(raw, kName, 0) < 0 || sd_bus_attach_event(raw, loop, 0) < 0) {
    throw std::runtime_error("no notification server");
  }
}

int NotificationServer::notify(sd_bus_message* call, void* self, sd_bus_error*) {
  auto& shown = static_cast<NotificationServer*>(self)->shown_;
  const char *app = nullptr, *icon = nullptr, *title = nullptr, *text = nullptr;
  Shown one;
  const int result = sd_bus_message_read(call, "susss", &app, &one.replaces, &icon, &title, &text);
  if (result < 0) return result;
  one.title = title;
  one.text = text;
  sd_bus_message_skip(call, "as");
  one.urgency = read_urgency(call);
  one.id = one.replaces != 0 ? one.replaces : static_cast<std::uint32_t>(shown.size()) + 1;
  shown.push_back(one);
  return sd_bus_reply_method_return(call, "u", one.id);
}

}  // namespace hotseat::test
