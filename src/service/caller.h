// Who is at the other end of the bus.
#pragma once

#include <systemd/sd-bus.h>

#include <string>

#include "domain/policy.h"

namespace hotseat::service {

struct Caller {
  Requester requester;
  std::string text;  // for the log and the report: "alice (hotseat, pid 123)"
};

// From the bus driver's answer to GetConnectionCredentials; what cannot be found out is left out,
// "an unknown caller", who may nothing, when nothing can.
Caller identify_caller(sd_bus_message* credentials);

}  // namespace hotseat::service
