// What happened, as a notification on the desktop.
#pragma once

#include <optional>
#include <string>

#include "apps/cli/events.h"

namespace hotseat::cli {

// org.freedesktop.Notifications, "Urgency Levels".
enum class Urgency : unsigned char { low = 0, normal = 1, critical = 2 };

struct Notice {
  std::string title;
  std::string text;  // plain; may be empty
  Urgency urgency = Urgency::normal;
  bool operator==(const Notice&) const = default;
};

// Nothing for what a person need not be told of.
std::optional<Notice> notice_of(const Event& event);

}  // namespace hotseat::cli
