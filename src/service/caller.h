// Who is at the other end of the bus, for the log and the report.
#pragma once

#include <systemd/sd-bus.h>

#include <string>

namespace hotseat::service {

// "alice (hotseat, pid 123)" from the bus driver's answer to GetConnectionCredentials; what cannot
// be found out is left out, "an unknown caller" when nothing can.
std::string describe_caller(sd_bus_message* credentials);

}  // namespace hotseat::service
