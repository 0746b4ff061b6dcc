#include "control_socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "web/control.h"

namespace hotseat::web {

namespace {

using std::chrono_literals::operator""s;

constexpr Moment kPatience = 5s;
constexpr std::size_t kMostConversations = 16;
constexpr uid_t kRoot = 0;

bool may_ask(int fd) {
  ucred peer{};
  socklen_t length = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0) return false;
  return peer.uid == kRoot || peer.uid == ::geteuid();
}

Error refused(const std::string& path, int number) {
  return {"listen for hotseat web", path, std::generic_category().message(number),
          "name another place with --control"};
}

}  // namespace

Expected<std::unique_ptr<ControlSocket>> ControlSocket::listen(EventLoop& loop,
                                                               const std::string& path,
                                                               Handler handler) {
  sockaddr_un address{};
  if (path.size() >= sizeof address.sun_path) return fail(refused(path, ENAMETOOLONG));
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  ::unlink(path.c_str());
  // Nobody else's from the first instant on.
  const mode_t before = ::umask(0177);
  const int bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int number = errno;
  ::umask(before);
  if (bound < 0) return fail(refused(path, number));
  if (::listen(fd.get(), static_cast<int>(kMostConversations)) < 0) {
    return fail(refused(path, errno));
  }
  return std::unique_ptr<ControlSocket>(
      new ControlSocket(loop, std::move(fd), path, std::move(handler)));
}

ControlSocket::ControlSocket(EventLoop& loop, UniqueFd fd, std::string path, Handler handler)
    : loop_(loop),
      path_(std::move(path)),
      handler_(std::move(handler)),
      fd_(std::move(fd)),
      watch_(loop, fd_.get(), EPOLLIN, [this] { accept_one(); }) {}

ControlSocket::~ControlSocket() {
  ::unlink(path_.c_str());
}

void ControlSocket::accept_one() {
  UniqueFd fd(::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd || !may_ask(fd.get()) || conversations_.size() >= kMostConversations) return;
  const int number = fd.get();
  Conversation& made = conversations_[number];
  made.fd = std::move(fd);
  made.watch = std::make_unique<EventLoop::Watch>(loop_, number, EPOLLIN,
                                                  [this, number] { read_from(number); });
  made.patience =
      std::make_unique<EventLoop::Alarm>(loop_, [this, number] { conversations_.erase(number); });
  made.patience->set(loop_.now() + kPatience);
}

void ControlSocket::read_from(int fd) {
  Conversation& conversation = conversations_.at(fd);
  std::array<char, kLongestControlLine> chunk{};
  const ssize_t count = ::read(fd, chunk.data(), chunk.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count > 0) conversation.line.append(chunk.data(), static_cast<std::size_t>(count));
  const auto end = conversation.line.find('\n');
  if (end != std::string::npos) {
    conversation.line.resize(end);
    answer(conversation);
  } else if (count > 0 && conversation.line.size() < kLongestControlLine) {
    return;
  }
  conversations_.erase(fd);
}

// A few hundred bytes into an empty socket: they always fit.
void ControlSocket::answer(const Conversation& conversation) {
  const std::string text = handler_(conversation.line) + "\n";
  (void)::send(conversation.fd.get(), text.data(), text.size(), MSG_NOSIGNAL);
}

}  // namespace hotseat::web
