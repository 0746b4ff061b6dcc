#include "service/hook_socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "service/guest_notice.h"

namespace hotseat::service {

namespace {

constexpr const char* kDoor = "libvirt's hook";
constexpr int kBacklog = 16;

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
  int result = listen();
  if (result == 0) result = watch();
  if (result == 0) return;
  const std::string problem = "no socket " + path_.string() + ": " +
                              std::generic_category().message(-result) +
                              " (guests start without being asked about)";
  log_.notice(std::string(kDoor) + ": " + problem);
  app_.door_problem(kDoor, problem);
}

HookSocket::~HookSocket() {
  if (listener_) ::unlink(path_.c_str());
}

int HookSocket::listen() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path_.string();
  if (name.size() >= sizeof address.sun_path) return -ENAMETOOLONG;
  std::memcpy(address.sun_path, name.data(), name.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return -errno;
  ::unlink(name.c_str());
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return -errno;
  }
  // The directory lets nobody else in; this is for whoever makes another one.
  if (::chmod(name.c_str(), S_IRUSR | S_IWUSR) != 0) return -errno;
  if (::listen(socket.get(), kBacklog) != 0) return -errno;
  listener_ = std::move(socket);
  return 0;
}

int HookSocket::watch() {
  sd_event_source* raw = nullptr;
  const int result =
      sd_event_add_io(event_, &raw, listener_.get(), EPOLLIN, &HookSocket::on_connection, this);
  waiting_.reset(raw);
  return result < 0 ? result : 0;
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
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  if (peer.uid == ::geteuid()) return true;
  log_.notice(std::string(kDoor) + ": uid " + std::to_string(peer.uid) + " (pid " +
              std::to_string(peer.pid) + ") may not speak for libvirt");
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
