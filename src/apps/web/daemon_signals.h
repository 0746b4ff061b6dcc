// What hotseatd tells unasked, as JSON.
#pragma once

#include <systemd/sd-bus.h>

#include <optional>
#include <string>

#include "web/answers.h"

namespace hotseat::web {

struct DaemonSignal {
  enum class Kind { started, step, ended, changed };
  Kind kind = Kind::changed;
  // started: {"id","from","to","cause"}; step: {"id","index","kind","text","state","detail",
  // "took_ms"}; ended: hotseatd's report; changed: null.
  Json data;
};

// Nothing for a signal of a newer hotseatd that this program does not know.
std::optional<DaemonSignal> read_signal(sd_bus_message* signal);

}  // namespace hotseat::web
