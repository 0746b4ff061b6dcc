#include "apps/cli/desktop.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace hotseat::cli {

namespace {

// Desktop Notifications Specification 1.2.
constexpr const char* kName = "org.freedesktop.Notifications";
constexpr const char* kPath = "/org/freedesktop/Notifications";
constexpr std::uint64_t kPatienceUs = 2'000'000;
constexpr std::int32_t kUsualTime = -1;

// The text is markup to most servers.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char byte : text) {
    if (byte == '&') {
      safe += "&amp;";
    } else if (byte == '<') {
      safe += "&lt;";
    } else {
      safe += byte;
    }
  }
  return safe;
}

}  // namespace

Result<std::unique_ptr<Desktop>> Desktop::connect() {
  sd_bus* bus = nullptr;
  const int result = sd_bus_open_user(&bus);
  std::unique_ptr<Desktop> desktop(new Desktop(bus));
  if (result >= 0) return desktop;
  return fail_with(ExitStatus::failed, {"show notifications", "",
                                        std::string("no session bus: ") + std::strerror(-result),
                                        "start it in your desktop's session"});
}

Desktop::Message Desktop::call_for(const Notice& notice) const {
  sd_bus_message* raw = nullptr;
  if (sd_bus_message_new_method_call(bus_.get(), &raw, kName, kPath, kName, "Notify") < 0)
    return {};
  Message call(raw);
  const int result = sd_bus_message_append(raw, "susssasa{sv}i", "hotseat", last_, "hotseat",
                                           notice.title.c_str(), escaped(notice.text).c_str(), 0, 2,
                                           "urgency", "y", static_cast<int>(notice.urgency),
                                           "desktop-entry", "s", "hotseat", kUsualTime);
  return result < 0 ? Message{} : std::move(call);
}

void Desktop::show(const Notice& notice) {
  const Message call = call_for(notice);
  if (!call) return;
  sd_bus_message* raw = nullptr;
  if (sd_bus_call(bus_.get(), call.get(), kPatienceUs, nullptr, &raw) < 0) return;
  const Message reply(raw);
  sd_bus_message_read(raw, "u", &last_);
}

}  // namespace hotseat::cli
