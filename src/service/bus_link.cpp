#include "service/bus_link.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <utility>

namespace hotseat::service {

namespace {

using namespace std::chrono_literals;

constexpr ports::Duration kFirstPause = 200ms;
constexpr ports::Duration kLongestPause = 10s;

// What RequestName answers (D-Bus specification, "org.freedesktop.DBus.RequestName").
constexpr std::uint32_t kInQueue = 2;

std::string bus_name(BusKind kind) {
  return kind == BusKind::system ? "system bus" : "session bus";
}

std::string reason_of(int error) {
  // libsystemd's answer when no address is known: neither variable is set.
  if (error == -ENOMEDIUM) return "DBUS_SESSION_BUS_ADDRESS and XDG_RUNTIME_DIR are not set";
  return std::strerror(-error);
}

}  // namespace

BusLink::BusLink(sd_event* event, ports::Clock& clock, BusKind kind, std::string name, Hooks hooks)
    : event_(event),
      clock_(clock),
      kind_(kind),
      name_(std::move(name)),
      hooks_(std::move(hooks)),
      pause_(kFirstPause) {
  open();
}

BusLink::~BusLink() {
  close();
}

void BusLink::close() {
  lost_ = true;
  if (!bus_) return;
  hooks_.detach();
  name_request_.reset();
  acquired_.reset();
  disconnected_.reset();
  bus_.reset();
}

void BusLink::open() {
  close();
  const int result = connect();
  if (result < 0) try_later("the " + bus_name(kind_) + " is not reachable: " + reason_of(result));
}

int BusLink::connect() {
  sd_bus* raw = nullptr;
  int result = kind_ == BusKind::system ? sd_bus_open_system(&raw) : sd_bus_open_user(&raw);
  if (result < 0) return result;
  bus_.reset(raw);

  // Raised by libsystemd itself when the connection ends (sd_bus_set_exit_on_disconnect(3)).
  auto on_disconnect = [](sd_bus_message*, void* self, sd_bus_error*) {
    auto& link = *static_cast<BusLink*>(self);
    link.try_later("the " + bus_name(link.kind_) + " closed the connection");
    return 0;
  };
  sd_bus_slot* slot = nullptr;
  result = sd_bus_match_signal(raw, &slot, nullptr, "/org/freedesktop/DBus/Local",
                               "org.freedesktop.DBus.Local", "Disconnected", on_disconnect, this);
  if (result < 0) return result;
  disconnected_.reset(slot);

  result = hooks_.attach(raw);
  if (result < 0) return result;

  result = ask_for_name();
  if (result < 0) return result;

  result = sd_bus_attach_event(raw, event_, SD_EVENT_PRIORITY_NORMAL);
  if (result < 0) return result;
  lost_ = false;
  return 0;
}

int BusLink::ask_for_name() {
  auto on_acquired = [](sd_bus_message* signal, void* self, sd_bus_error*) {
    static_cast<BusLink*>(self)->name_acquired(signal);
    return 0;
  };
  sd_bus_slot* slot = nullptr;
  // Sent to us alone, so that nothing has to be subscribed to; the match is a filter of our own.
  int result = sd_bus_add_match_async(
      bus_.get(), &slot,
      "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
      "member='NameAcquired'",
      on_acquired, nullptr, this);
  if (result < 0) return result;
  acquired_.reset(slot);

  auto on_answer = [](sd_bus_message* reply, void* self, sd_bus_error*) {
    return static_cast<BusLink*>(self)->name_answered(reply);
  };
  // Queued for the name, so that no polling is needed while another instance still holds it.
  result = sd_bus_request_name_async(bus_.get(), &slot, name_.c_str(), SD_BUS_NAME_QUEUE, on_answer,
                                     this);
  if (result < 0) return result;
  name_request_.reset(slot);
  return 0;
}

int BusLink::name_answered(sd_bus_message* reply) {
  if (const sd_bus_error* error = sd_bus_message_get_error(reply)) {
    const char* why = error->message == nullptr ? error->name : error->message;
    try_later("the " + bus_name(kind_) + " refuses the name " + name_ + ": " + why);
    return 0;
  }
  std::uint32_t answer = 0;
  const int result = sd_bus_message_read(reply, "u", &answer);
  if (result < 0) return result;
  pause_ = kFirstPause;
  if (answer == kInQueue) {
    report("the name " + name_ + " belongs to another process: waiting for it to end");
  } else {
    all_is_well();
  }
  return 0;
}

// Its turn in the queue has come.
void BusLink::name_acquired(sd_bus_message* signal) {
  const char* name = nullptr;
  if (sd_bus_message_read(signal, "s", &name) > 0 && name_ == name) all_is_well();
}

void BusLink::all_is_well() {
  if (problem_.empty()) return;
  problem_.clear();
  hooks_.notice("D-Bus: connected to the " + bus_name(kind_));
  if (hooks_.problem) hooks_.problem("");
}

void BusLink::try_later(const std::string& problem) {
  // The connection is closed by the next try, not here: this may be its own callback.
  lost_ = true;
  report(problem);
  retry_ = clock_.after(pause_, [this] { open(); });
  pause_ = std::min(pause_ * 2, kLongestPause);
}

void BusLink::report(const std::string& problem) {
  if (problem == problem_) return;
  problem_ = problem;
  hooks_.notice("D-Bus: " + problem + " (switching goes on without it)");
  if (hooks_.problem) hooks_.problem(problem);
}

}  // namespace hotseat::service
