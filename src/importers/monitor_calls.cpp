#include "importers/monitor_calls.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace hotseat::importers {

void MonitorCalls::add(const DdcutilCall& call, Direction direction, const Origin& at,
                       Draft& draft) {
  auto known = std::find_if(monitors_.begin(), monitors_.end(),
                            [&](const Monitor& monitor) { return monitor.match == call.match; });
  if (known == monitors_.end()) {
    monitors_.push_back({call.match, call.feature, {}, {}, at});
    known = std::prev(monitors_.end());
  }
  auto& input = direction == Direction::to_host ? known->host : known->guest;
  if ((input && *input != call.value) || known->feature != call.feature) {
    draft.leave_out(
        at, "sets the monitor to something else than line " + std::to_string(known->at.line),
        "choose one; a monitor has one input for a target");
    return;
  }
  input = call.value;
}

void MonitorCalls::write(Draft& draft) const {
  for (const Monitor& monitor : monitors_) write(monitor, draft);
}

void MonitorCalls::write(const Monitor& found, Draft& draft) {
  auto* monitor = draft.add_monitor(found.match, "", found.at);
  if (monitor == nullptr) return;
  monitor->feature = found.feature;
  if (found.host) monitor->inputs.emplace_back("host", *found.host);
  if (found.guest) {
    for (const GuestDraft& guest : draft.guests()) {
      monitor->inputs.emplace_back(guest.name, *found.guest);
    }
  }
  if (found.match.bus) {
    monitor->choices.emplace_back(
        "found by the number of its I2C bus, as before. Numbers move; hotseat monitors --probe "
        "prints a match by model and serial.");
  }
  if (found.host) return;
  monitor->choices.emplace_back(
      "the script does not know the host's input: the guest sets it (mControl setcontrol 60 N). "
      "Add host = N to inputs.");
}

}  // namespace hotseat::importers
