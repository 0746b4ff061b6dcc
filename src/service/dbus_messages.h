// Putting answers together.
#pragma once

#include <systemd/sd-bus.h>

#include <string>
#include <vector>

namespace hotseat::service {

// An answer that cannot be sent has nobody any more who waits for it.
void reply_error(sd_bus_message* call, const char* name, const std::string& text);
void reply_text(sd_bus_message* call, const std::string& text);
void reply_strings(sd_bus_message* call, const std::vector<std::string>& strings);

// As sd-bus functions return: negative errno.
int append_strings(sd_bus_message* message, const std::vector<std::string>& strings);

}  // namespace hotseat::service
