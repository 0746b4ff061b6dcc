// What `hotseat watch` prints.
#pragma once

#include <chrono>
#include <string>

#include "apps/cli/events.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

using WallClock = std::chrono::system_clock;

// A line, or several, for a person: local time first.
std::string render_event(const Event& event, WallClock::time_point when, const Style& style);
// One JSON object on a line: {"time":"2024-05-01T12:00:00.123Z","event":"switch-started",…}.
std::string event_line(const Event& event, WallClock::time_point when);
// The same form, for the status that watching begins with.
std::string status_line(const Json& status, WallClock::time_point when);

}  // namespace hotseat::cli
