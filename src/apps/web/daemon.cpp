#include "daemon.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "daemon_names.h"

namespace hotseat::web {

namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr Moment kFirstPause = 200ms;
constexpr Moment kLongestPause = 10s;
constexpr std::uint64_t kAnswerTimeout = 10'000'000;  // microseconds; the daemon never blocks
constexpr std::uint64_t kForever = UINT64_MAX;
constexpr const char* kPeer = "org.freedesktop.DBus.Peer";

constexpr std::array<std::string_view, 6> kNobodyThere{
    SD_BUS_ERROR_SERVICE_UNKNOWN, SD_BUS_ERROR_NAME_HAS_NO_OWNER, SD_BUS_ERROR_NO_REPLY,
    SD_BUS_ERROR_TIMEOUT,         SD_BUS_ERROR_DISCONNECTED,      SD_BUS_ERROR_NO_SERVER};

DaemonFailure failure_of(const sd_bus_error& error) {
  const std::string_view name = error.name;
  DaemonFailure failure{DaemonFailure::Kind::other,
                        error.message == nullptr ? error.name : error.message};
  if (std::find(kNobodyThere.begin(), kNobodyThere.end(), name) != kNobodyThere.end()) {
    failure.kind = DaemonFailure::Kind::away;
  } else if (name == SD_BUS_ERROR_ACCESS_DENIED || name == kDeniedError) {
    failure.kind = DaemonFailure::Kind::not_permitted;
  }
  return failure;
}

tl::expected<std::string, DaemonFailure> result_of(sd_bus_message* reply) {
  if (const sd_bus_error* error = sd_bus_message_get_error(reply)) {
    return tl::make_unexpected(failure_of(*error));
  }
  const char* text = "";
  if (sd_bus_message_has_signature(reply, "s") > 0) sd_bus_message_read(reply, "s", &text);
  return std::string(text);
}

}  // namespace

Daemon::Daemon(EventLoop& loop, bool session_bus, Hooks hooks)
    : loop_(loop),
      session_bus_(session_bus),
      hooks_(std::move(hooks)),
      pause_(kFirstPause),
      retry_(loop, [this] { connect(); }) {
  connect();
}

Daemon::~Daemon() = default;

void Daemon::close() {
  retry_.clear();
  while (!calls_.empty()) {
    finish(calls_.front(), tl::make_unexpected(DaemonFailure{DaemonFailure::Kind::away, ""}));
  }
  bus_.reset();
}

void Daemon::connect() {
  close();
  if (try_to_connect() < 0) lost();
}

int Daemon::try_to_connect() {
  sd_bus* raw = nullptr;
  int result = session_bus_ ? sd_bus_open_user(&raw) : sd_bus_open_system(&raw);
  bus_.reset(raw);
  if (result < 0) return result;
  // Raised by libsystemd itself when the connection ends (sd_bus_set_exit_on_disconnect(3)).
  auto on_disconnect = [](sd_bus_message*, void* self, sd_bus_error*) {
    static_cast<Daemon*>(self)->lost();
    return 0;
  };
  result = sd_bus_match_signal(raw, nullptr, nullptr, "/org/freedesktop/DBus/Local",
                               "org.freedesktop.DBus.Local", "Disconnected", on_disconnect, this);
  if (result >= 0) result = subscribe();
  if (result >= 0) result = sd_bus_attach_event(raw, loop_.native(), SD_EVENT_PRIORITY_NORMAL);
  if (result < 0) return result;
  // Sent behind the subscriptions: nothing falls between this answer and the first signal.
  taken([this](const auto& answer) {
    if (!answer) return;
    pause_ = kFirstPause;
    set_present(true);
  });
  return 0;
}

int Daemon::subscribe() {
  auto on_signal = [](sd_bus_message* message, void* self, sd_bus_error*) {
    if (const auto signal = read_signal(message)) static_cast<Daemon*>(self)->hooks_.told(*signal);
    return 0;
  };
  auto on_owner = [](sd_bus_message* message, void* self, sd_bus_error*) {
    static_cast<Daemon*>(self)->owner_changed(message);
    return 0;
  };
  const std::string name = kBusName;
  const std::string ours = "type='signal',sender='" + name + "',path='" + kObjectPath + "'";
  const std::string owner =
      "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + name + "'";
  const int result =
      sd_bus_add_match_async(bus_.get(), nullptr, ours.c_str(), on_signal, nullptr, this);
  if (result < 0) return result;
  return sd_bus_add_match_async(bus_.get(), nullptr, owner.c_str(), on_owner, nullptr, this);
}

void Daemon::lost() {
  // The connection is closed by the next try, not here: this may be its own callback.
  retry_.set(loop_.now() + pause_);
  pause_ = std::min(pause_ * 2, kLongestPause);
  set_present(false);
}

void Daemon::owner_changed(sd_bus_message* signal) {
  const char *name = nullptr, *before = nullptr, *after = nullptr;
  if (sd_bus_message_read(signal, "sss", &name, &before, &after) < 0) return;
  set_present(*after != '\0');
}

void Daemon::set_present(bool present) {
  if (present == present_) return;
  present_ = present;
  hooks_.present(present);
}

// hotseatd knows its callers by their connection; when it can be told on whose behalf one asks,
// `who` goes along in the following five.
void Daemon::switch_to(const std::string& who, const std::string& target, Answer answer) {
  call(kInterface, "Ask", {who, "switch", target}, true, std::move(answer));
}

void Daemon::next(const std::string& who, Answer answer) {
  call(kInterface, "Ask", {who, "next", ""}, true, std::move(answer));
}

void Daemon::release(const std::string& who, Answer answer) {
  call(kInterface, "Ask", {who, "release", ""}, true, std::move(answer));
}

void Daemon::plan(const std::string& /*who*/, const std::string& target, Answer answer) {
  call(kInterface, "Plan", {target}, false, std::move(answer));
}

void Daemon::status(Answer answer) {
  call(kInterface, "Status", {}, false, std::move(answer));
}

void Daemon::taken(Answer answer) {
  call(kPeer, "Ping", {}, false, std::move(answer));
}

void Daemon::call(const char* interface, const char* method,
                  const std::vector<std::string>& arguments, bool waits, Answer answer) {
  Call& call = calls_.emplace_front();
  call.daemon = this;
  call.answer = std::move(answer);
  call.place = calls_.begin();
  const int result = send(interface, method, arguments, waits, call);
  if (result < 0) {
    finish(call,
           tl::make_unexpected(DaemonFailure{DaemonFailure::Kind::away, std::strerror(-result)}));
  }
}

int Daemon::send(const char* interface, const char* method,
                 const std::vector<std::string>& arguments, bool waits, Call& call) {
  if (!bus_) return -ENOTCONN;
  sd_bus_message* raw = nullptr;
  int result =
      sd_bus_message_new_method_call(bus_.get(), &raw, kBusName, kObjectPath, interface, method);
  const std::unique_ptr<sd_bus_message, Unref> message(raw);
  if (result >= 0) result = sd_bus_message_set_auto_start(raw, 0);
  for (const std::string& argument : arguments) {
    if (result >= 0) result = sd_bus_message_append(raw, "s", argument.c_str());
  }
  if (result < 0) return result;
  sd_bus_slot* slot = nullptr;
  result =
      sd_bus_call_async(bus_.get(), &slot, raw, answered, &call, waits ? kForever : kAnswerTimeout);
  call.slot.reset(slot);
  return result;
}

int Daemon::answered(sd_bus_message* reply, void* call, sd_bus_error*) {
  auto& its_call = *static_cast<Call*>(call);
  its_call.daemon->finish(its_call, result_of(reply));
  return 0;
}

void Daemon::finish(Call& call, const tl::expected<std::string, DaemonFailure>& result) {
  const Answer answer = std::move(call.answer);
  calls_.erase(call.place);
  answer(result);
}

}  // namespace hotseat::web
