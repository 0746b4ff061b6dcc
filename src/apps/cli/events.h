// What the daemon tells unasked.
#pragma once

#include <systemd/sd-bus.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "apps/cli/document.h"

namespace hotseat::cli {

struct SwitchStarted {
  std::uint64_t id = 0;
  std::string from;
  std::string to;
  std::string cause;
};

struct StepChanged {
  std::uint64_t id = 0;
  std::uint32_t index = 0;
  std::string kind;
  std::string text;
  std::string state;
  std::string detail;
  std::uint64_t took_us = 0;
};

struct SwitchEnded {
  Json report;
};

struct PropertiesChanged {
  Json changed;  // {"Target": "win11", …}
};

struct DaemonGone {};
struct DaemonBack {};

using Event = std::variant<SwitchStarted, StepChanged, SwitchEnded, PropertiesChanged, DaemonGone,
                           DaemonBack>;

// Nothing for a signal this program does not know (of a newer daemon) or cannot read.
std::optional<Event> decode_event(sd_bus_message* signal);

}  // namespace hotseat::cli
