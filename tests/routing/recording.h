// A recording of a device in evemu's text format: what it is able to, and what it said.
#pragma once

#include <string>
#include <vector>

#include "domain/router.h"
#include "tests/routing/words.h"

namespace hotseat::routing {

struct Recording {
  std::string name;            // what the kernel calls the device
  Router::DeviceState state;   // its axes, all at rest
  std::vector<Events> frames;  // each with its SYN_REPORT
};

// Throws std::runtime_error for what it cannot make sense of.
Recording read_recording(const std::string& path);

}  // namespace hotseat::routing
