#include "apps/cli/desktop.h"

#include <cerrno>
#include <cstring>
#include <string>

#include "apps/cli/terminal.h"

namespace hotseat::cli {

namespace {

// Desktop Notifications Specification 1.2.
constexpr const char* kShowing = "show notifications";
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

tl::unexpected<Failure> no_session(int error) {
  const std::string why =
      error == -ENOMEDIUM ? "DBUS_SESSION_BUS_ADDRESS is not set" : std::strerror(-error);
  return fail_with(ExitStatus::failed,
                   {kShowing, "", "no session bus: " + why, "start it in your desktop's session"});
}

tl::unexpected<Failure> not_shown(const sd_bus_error& error) {
  const bool nobody = sd_bus_error_has_name(&error, SD_BUS_ERROR_SERVICE_UNKNOWN) > 0 ||
                      sd_bus_error_has_name(&error, SD_BUS_ERROR_NAME_HAS_NO_OWNER) > 0;
  if (nobody) {
    return fail_with(ExitStatus::failed,
                     {kShowing, "", "nothing in this session shows any",
                      "does the desktop have notifications, or a program such as dunst?"});
  }
  return fail_with(
      ExitStatus::failed,
      {kShowing, "", printable(error.message == nullptr ? "failed" : error.message), ""});
}

}  // namespace

Result<std::unique_ptr<Desktop>> Desktop::connect() {
  sd_bus* bus = nullptr;
  const int result = sd_bus_open_user(&bus);
  std::unique_ptr<Desktop> desktop(new Desktop(bus));
  if (result < 0) return no_session(result);
  return desktop;
}

Result<void> Desktop::attach(sd_event* loop) {
  sd_bus_set_exit_on_disconnect(bus_.get(), 1);
  const int result = sd_bus_attach_event(bus_.get(), loop, SD_EVENT_PRIORITY_NORMAL);
  if (result < 0) return no_session(result);
  return {};
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

Result<void> Desktop::show(const Notice& notice) {
  const Message call = call_for(notice);
  if (!call) return no_session(-ENOTCONN);
  sd_bus_error error = SD_BUS_ERROR_NULL;
  sd_bus_message* raw = nullptr;
  const int result = sd_bus_call(bus_.get(), call.get(), kPatienceUs, &error, &raw);
  const Message reply(raw);
  if (result >= 0) {
    sd_bus_message_read(raw, "u", &last_);
    return {};
  }
  auto failure = not_shown(error);
  sd_bus_error_free(&error);
  return failure;
}

}  // namespace hotseat::cli
