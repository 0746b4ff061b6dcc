#include "service/hook_socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "service/guest_notice.h"
#include "service/unix_socket.h"

namespace hotseat::service {

namespace {

constexpr const char* kDoor = "libvirt's hook";
// The umask of the unit has it so from the first instant on.
constexpr mode_t kOwnerAlone = 0600;

}  // namespace

HookSocket::HookSocket(sd_event* event, ports::Clock& clock, app::Service& app, ports::Reports& log,
                       std::filesystem::path path, HookLimits limits)
    : event_(event),
      clock_(clock),
      app_(app),
      log_(log),
      path_(std::move(path)),
      limits_(limits),
      self_(std::make_shared<HookSocket*>(this)) {
  try {
    listener_ = listen_at(path_, kOwnerAlone);
    watch();
  } catch (const std::system_error& error) {
    const std::string problem = "no socket " + path_.string() + ": " + error.code().message() +
                                " (guests start without being asked about)";
    log_.notice(std::string(kDoor) + ": " + problem);
    app_.door_problem(kDoor, problem);
  }
}

HookSocket::~HookSocket() {
  if (listener_) ::unlink(path_.c_str());
}

void HookSocket::watch() {
  sd_event_source* raw = nullptr;
  const int result =
      sd_event_add_io(event_, &raw, listener_.get(), EPOLLIN, &HookSocket::on_connection, this);
  if (result < 0) throw std::system_error(-result, std::generic_category(), "sd_event_add_io");
  waiting_.reset(raw);
}

int HookSocket::on_connection(sd_event_source*, int, std::uint32_t, void* self) {
  static_cast<HookSocket*>(self)->accept();
  return 0;
}

void HookSocket::accept() {
  UniqueFd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!socket) return;  // gone again; or no descriptor is left, and it is tried again
  if (may_speak(socket.get())) serve(std::move(socket));
}

// Before a byte of what it says is read.
bool HookSocket::may_speak(int socket) {
  const auto peer = peer_of(socket);
  if (!peer) return false;
  if (peer->uid == ::geteuid()) return true;
  log_.notice(std::string(kDoor) + ": uid " + std::to_string(peer->uid) + " (pid " +
              std::to_string(peer->pid) + ") may not speak for libvirt");
  return false;
}

void HookSocket::serve(UniqueFd socket) {
  const Number number = next_++;
  HookConnection::Hooks hooks{
      [this, number](const wire::HookEvent& event) { asked(number, event); },
      [this, number](const std::string& complaint) { over(number, complaint); }};
  connections_[number] = std::make_unique<HookConnection>(event_, clock_, std::move(socket),
                                                          limits_.reading, std::move(hooks));
  if (connections_.size() >= limits_.connections) {
    sd_event_source_set_enabled(waiting_.get(), SD_EVENT_OFF);
  }
}

void HookSocket::asked(Number number, const wire::HookEvent& event) {
  if (event.operation == "prepare") return prepare(number, event);
  if (event.operation == "release") app_.guest_ended(DomainName{event.guest}, kDoor);
  answer(number, {});
}

void HookSocket::prepare(Number number, const wire::HookEvent& event) {
  const auto notice = read_notice(event.guest, event.xml);
  if (!notice) {
    log_.notice(to_string(notice.error()));
    return answer(number, {false, to_string(notice.error())});
  }
  app_.prepare_guest(*notice, [weak = std::weak_ptr(self_), number](const Expected<void>& verdict) {
    const auto self = weak.lock();
    if (!self) return;
    (*self)->answer(number, {verdict.has_value(), verdict ? "" : to_string(verdict.error())});
  });
}

void HookSocket::answer(Number number, const wire::HookAnswer& answer) {
  const auto found = connections_.find(number);
  if (found != connections_.end()) found->second->answer(answer);
}

void HookSocket::over(Number number, const std::string& complaint) {
  if (!complaint.empty()) log_.notice(std::string(kDoor) + ": a client " + complaint);
  leaving_[number] = clock_.after({}, [this, number] {
    connections_.erase(number);
    sd_event_source_set_enabled(waiting_.get(), SD_EVENT_ON);
    leaving_.erase(number);
  });
}

}  // namespace hotseat::service
