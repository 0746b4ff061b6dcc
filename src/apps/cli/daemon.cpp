#include "apps/cli/daemon.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "apps/cli/daemon_names.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

namespace {

constexpr std::uint64_t kAnswerTimeout = 10'000'000;  // microseconds; the daemon never blocks
constexpr std::uint64_t kForever = UINT64_MAX;

constexpr std::array<std::string_view, 6> kNobodyThere{
    SD_BUS_ERROR_SERVICE_UNKNOWN, SD_BUS_ERROR_NAME_HAS_NO_OWNER, SD_BUS_ERROR_NO_REPLY,
    SD_BUS_ERROR_TIMEOUT,         SD_BUS_ERROR_DISCONNECTED,      SD_BUS_ERROR_NO_SERVER};

std::string where_to_look(bool session_bus) {
  if (session_bus) return "is it running? start it with: hotseatd --session-bus";
  return "is hotseatd running? systemctl status hotseatd; "
         "one on the session bus is reached with --session-bus";
}

std::string why(int error) {
  if (error == -ENOMEDIUM) return "there is no session bus (DBUS_SESSION_BUS_ADDRESS is not set)";
  return std::string("no connection to the bus: ") + std::strerror(-error);
}

}  // namespace

Result<std::unique_ptr<Daemon>> Daemon::connect(bool session_bus) {
  sd_bus* bus = nullptr;
  const int result = session_bus ? sd_bus_open_user(&bus) : sd_bus_open_system(&bus);
  std::unique_ptr<Daemon> daemon(new Daemon(bus, session_bus));
  if (result < 0) return daemon->unreachable(result);
  return daemon;
}

tl::unexpected<Failure> Daemon::unreachable(int error) const {
  return fail_with(ExitStatus::unreachable,
                   {"hotseatd is not reachable", "", why(error), where_to_look(session_bus_)});
}

tl::unexpected<Failure> Daemon::failure(const sd_bus_error* error) const {
  const std::string_view name = error->name;
  const char* text = error->message == nullptr ? error->name : error->message;
  const std::string message = printable(text);
  if (std::find(kNobodyThere.begin(), kNobodyThere.end(), name) != kNobodyThere.end()) {
    return fail_with(ExitStatus::unreachable,
                     {"hotseatd is not reachable", "", message, where_to_look(session_bus_)});
  }
  if (name == SD_BUS_ERROR_ACCESS_DENIED) {
    return fail_with(ExitStatus::refused,
                     {"not permitted", "", message,
                      "root and the members of group hotseat may: sudo adduser $USER hotseat, "
                      "then log in again"});
  }
  if (name == kDeniedError) {
    return fail_with(ExitStatus::refused, {"not permitted", "", message, ""});
  }
  if (name == kConfigError) {
    return fail_with(ExitStatus::usage, {"configuration refused, the running one stays", "",
                                         printable_lines(text), ""});
  }
  if (name == SD_BUS_ERROR_INVALID_ARGS) {
    return fail_with(ExitStatus::usage, {"hotseatd does not understand", "", message, ""});
  }
  return fail_with(ExitStatus::failed,
                   {"hotseatd", "", message, "compare the versions: hotseat version"});
}

Result<Daemon::Message> Daemon::new_call(const char* method, const Arguments& arguments) {
  sd_bus_message* raw = nullptr;
  int result =
      sd_bus_message_new_method_call(bus_.get(), &raw, kBusName, kObjectPath, kInterface, method);
  Message message(raw);
  if (result < 0) return unreachable(result);
  for (const std::string& argument : arguments) {
    result = sd_bus_message_append(raw, "s", argument.c_str());
    if (result >= 0) continue;
    return not_utf8(argument);
  }
  // polkit may ask the person for a password.
  sd_bus_message_set_allow_interactive_authorization(raw, 1);
  return message;
}

Result<Daemon::Message> Daemon::call(sd_bus_message* message) {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  sd_bus_message* reply = nullptr;
  const int result = sd_bus_call(bus_.get(), message, kAnswerTimeout, &error, &reply);
  if (result >= 0) return Message(reply);
  auto failed = sd_bus_error_is_set(&error) ? failure(&error) : unreachable(result);
  sd_bus_error_free(&error);
  return failed;
}

Result<std::string> Daemon::read_text(sd_bus_message* reply) {
  if (const sd_bus_error* error = sd_bus_message_get_error(reply)) return failure(error);
  const char* text = nullptr;
  const int result = sd_bus_message_read(reply, "s", &text);
  if (result < 0) return unreachable(result);
  return text;
}

Result<std::string> Daemon::ask(const char* method, const Arguments& arguments) {
  auto message = new_call(method, arguments);
  if (!message) return tl::make_unexpected(message.error());
  auto reply = call(message->get());
  if (!reply) return tl::make_unexpected(reply.error());
  return read_text(reply->get());
}

Result<std::vector<std::string>> Daemon::reload() {
  auto message = new_call("Reload", {});
  if (!message) return tl::make_unexpected(message.error());
  auto reply = call(message->get());
  if (!reply) return tl::make_unexpected(reply.error());
  std::vector<std::string> notes;
  const char* note = nullptr;
  sd_bus_message_enter_container(reply->get(), 'a', "s");
  while (sd_bus_message_read(reply->get(), "s", &note) > 0) notes.emplace_back(note);
  return notes;
}

Result<std::string> Daemon::version() {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  char* raw = nullptr;
  const int result = sd_bus_get_property_string(bus_.get(), kBusName, kObjectPath, kInterface,
                                                "Version", &error, &raw);
  const std::unique_ptr<char, decltype(&std::free)> text(raw, &std::free);
  if (result >= 0) return std::string(raw);
  auto failed = sd_bus_error_is_set(&error) ? failure(&error) : unreachable(result);
  sd_bus_error_free(&error);
  return failed;
}

Result<void> Daemon::subscribe() {
  auto keep = [](sd_bus_message* signal, void* self, sd_bus_error*) {
    if (auto event = decode_event(signal)) static_cast<Daemon*>(self)->take(std::move(*event));
    return 0;
  };
  const std::string ours =
      std::string("type='signal',sender='") + kBusName + "',path='" + kObjectPath + "'";
  const std::string owner = std::string(
                                "type='signal',sender='org.freedesktop.DBus',"
                                "member='NameOwnerChanged',arg0='") +
                            kBusName + "'";
  for (const std::string& rule : {ours, owner}) {
    // Not waited for: the bus handles what is sent in order, so a call made after this finds the
    // subscription in place.
    const int result =
        sd_bus_add_match_async(bus_.get(), nullptr, rule.c_str(), keep, nullptr, this);
    if (result < 0) return unreachable(result);
  }
  return {};
}

void Daemon::take(Event event) {
  if (tell_) return tell_(event);
  events_.push_back(std::move(event));
}

Result<void> Daemon::turn() {
  int result = sd_bus_process(bus_.get(), nullptr);
  if (result == 0) result = sd_bus_wait(bus_.get(), kForever);
  if (result < 0 && result != -EINTR) return unreachable(result);
  return {};
}

Result<Event> Daemon::next_event() {
  while (events_.empty()) {
    if (auto turned = turn(); !turned) return tl::make_unexpected(turned.error());
  }
  Event event = std::move(events_.front());
  events_.pop_front();
  return event;
}

Result<void> Daemon::follow(sd_event* loop, std::function<void(const Event&)> tell) {
  tell_ = std::move(tell);
  if (auto subscribed = subscribe(); !subscribed) return subscribed;
  // Raised by libsystemd itself. Once the loop has ended the connection is closed in any case.
  auto on_disconnect = [](sd_bus_message*, void* its_loop, sd_bus_error*) {
    return sd_event_exit(static_cast<sd_event*>(its_loop), -ECONNRESET);
  };
  int result =
      sd_bus_match_signal(bus_.get(), nullptr, nullptr, "/org/freedesktop/DBus/Local",
                          "org.freedesktop.DBus.Local", "Disconnected", on_disconnect, loop);
  if (result >= 0) result = sd_bus_attach_event(bus_.get(), loop, SD_EVENT_PRIORITY_NORMAL);
  if (result >= 0) result = sd_event_loop(loop);
  if (result < 0) return unreachable(result);
  return {};
}

Result<std::string> Daemon::carry_out(const char* method, const Arguments& arguments,
                                      const std::function<void(const Event&)>& tell) {
  if (auto subscribed = subscribe(); !subscribed) return tl::make_unexpected(subscribed.error());
  auto message = new_call(method, arguments);
  if (!message) return tl::make_unexpected(message.error());
  Message answer;
  auto keep = [](sd_bus_message* reply, void* place, sd_bus_error*) {
    static_cast<Message*>(place)->reset(sd_bus_message_ref(reply));
    return 0;
  };
  sd_bus_slot* raw = nullptr;
  const int result = sd_bus_call_async(bus_.get(), &raw, message->get(), keep, &answer, kForever);
  const std::unique_ptr<sd_bus_slot, Unref> slot(raw);
  if (result < 0) return unreachable(result);
  while (!answer) {
    if (auto turned = turn(); !turned) return tl::make_unexpected(turned.error());
    for (; !events_.empty(); events_.pop_front()) tell(events_.front());
  }
  return read_text(answer.get());
}

}  // namespace hotseat::cli
