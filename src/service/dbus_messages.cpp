#include "service/dbus_messages.h"

#include "service/documents.h"
#include "service/sd_bus_handles.h"

namespace hotseat::service {

void reply_error(sd_bus_message* call, const char* name, const std::string& text) {
  sd_bus_reply_method_errorf(call, name, "%s", utf8(text).c_str());
}

void reply_text(sd_bus_message* call, const std::string& text) {
  sd_bus_reply_method_return(call, "s", utf8(text).c_str());
}

void reply_strings(sd_bus_message* call, const std::vector<std::string>& strings) {
  sd_bus_message* raw = nullptr;
  if (sd_bus_message_new_method_return(call, &raw) < 0) return;
  const BusMessage reply(raw);
  if (append_strings(raw, strings) >= 0) sd_bus_message_send(raw);
}

int append_strings(sd_bus_message* message, const std::vector<std::string>& strings) {
  int result = sd_bus_message_open_container(message, 'a', "s");
  for (const std::string& text : strings) {
    if (result >= 0) result = sd_bus_message_append(message, "s", utf8(text).c_str());
  }
  return result < 0 ? result : sd_bus_message_close_container(message);
}

}  // namespace hotseat::service
