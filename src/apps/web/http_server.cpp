#include "http_server.h"

#include <microhttpd.h>
#include <sys/epoll.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "http_exchange.h"

namespace hotseat::web {

namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

// Beyond those that Connections lets wait: streams and requests that are being answered.
constexpr unsigned kMostConnections = 1024;
// Headers of a request with the cookies of everything else on "localhost"; and of an answer.
constexpr std::size_t kConnectionMemory = 12'288;
constexpr unsigned kStalledAfter = 20;  // seconds in which a reader takes nothing
constexpr Moment kNoDescriptorsPause = 500ms;
constexpr const char* kTlsPriorities = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

}  // namespace

HttpServer::HttpServer(EventLoop& loop, std::vector<UniqueFd> listeners,
                       const std::optional<Identity>& identity, Handler handler)
    : loop_(loop),
      handler_(std::move(handler)),
      encrypted_(identity.has_value()),
      soon_(loop, [this] { run(); }),
      deadline_(loop, [this] { close_overdue(); }),
      listen_again_(loop, [this] {
        for (const auto& listener : listeners_) listener->watch->go_on();
      }) {
  start(identity);
  for (UniqueFd& fd : listeners) {
    auto& listener = *listeners_.emplace_back(std::make_unique<Listener>());
    listener.fd = std::move(fd);
    listener.watch = std::make_unique<EventLoop::Watch>(
        loop, listener.fd.get(), EPOLLIN, [this, &listener] { accept_from(listener); });
  }
}

HttpServer::~HttpServer() {
  watch_.reset();
  // What was resumed leaves the list of suspended ones, which must be empty, and says its last
  // word.
  constexpr int kLastTurns = 8;
  for (int turn = 0; turn < kLastTurns; ++turn) MHD_run(daemon_);
  MHD_stop_daemon(daemon_);
}

void HttpServer::start(const std::optional<Identity>& identity) {
  unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME;
  std::vector<MHD_OptionItem> tls;
  if (identity) {
    flags |= MHD_USE_TLS;
    key_ = identity->key;
    certificate_ = identity->certificate;
    auto* priorities = const_cast<char*>(kTlsPriorities);
    tls = {{MHD_OPTION_HTTPS_MEM_KEY, 0, key_.data()},
           {MHD_OPTION_HTTPS_MEM_CERT, 0, certificate_.data()},
           {MHD_OPTION_HTTPS_PRIORITIES, 0, priorities}};
  }
  tls.push_back({MHD_OPTION_END, 0, nullptr});
  daemon_ = MHD_start_daemon(
      flags, 0, nullptr, nullptr, &HttpCallbacks::handle, this, MHD_OPTION_NOTIFY_COMPLETED,
      &HttpCallbacks::completed, this, MHD_OPTION_NOTIFY_CONNECTION,
      &HttpCallbacks::connection_changed, this, MHD_OPTION_CONNECTION_LIMIT, kMostConnections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionMemory, MHD_OPTION_CONNECTION_TIMEOUT,
      kStalledAfter, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, tls.data(), MHD_OPTION_END);
  if (daemon_ == nullptr) {
    throw std::runtime_error(identity ? "the certificate and the key do not go together"
                                      : "libmicrohttpd does not start");
  }
  const auto* info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
  watch_ = std::make_unique<EventLoop::Watch>(loop_, info->epoll_fd, EPOLLIN, [this] { run(); });
}

void HttpServer::accept_from(Listener& listener) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  UniqueFd socket(::accept4(listener.fd.get(), reinterpret_cast<sockaddr*>(&address), &length,
                            SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (socket) return add(std::move(socket), address, length);
  // The one that is waiting stays ready: without a pause the loop would turn for nothing.
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) pause_listening();
}

void HttpServer::pause_listening() {
  for (const auto& listener : listeners_) listener->watch->pause();
  listen_again_.set(loop_.now() + kNoDescriptorsPause);
}

void HttpServer::add(UniqueFd socket, const sockaddr_storage& address, socklen_t length) {
  // Closed by the library also when it refuses.
  MHD_add_connection(daemon_, socket.release(), reinterpret_cast<const sockaddr*>(&address),
                     length);
  run();
}

// Told with each turn when it wants the next one, unless something arrives before.
void HttpServer::run() {
  resumed_ = false;
  MHD_run(daemon_);
  MHD_UNSIGNED_LONG_LONG timeout = 0;
  const bool waits = MHD_get_timeout(daemon_, &timeout) == MHD_YES;
  // What is due is due at once: an alarm for this instant rings as late as alarms may.
  if (resumed_ || (waits && timeout == 0)) {
    soon_.set(Moment{0});
  } else if (waits) {
    soon_.set(loop_.now() + Moment(static_cast<Moment::rep>(timeout)));
  } else {
    soon_.clear();
  }
  arm_deadline();
}

void HttpServer::run_soon() {
  resumed_ = true;
  soon_.set(Moment{0});
}

void HttpServer::arm_deadline() {
  if (const auto deadline = connections_.next_deadline()) {
    deadline_.set(*deadline);
  } else {
    deadline_.clear();
  }
}

void HttpServer::close_overdue() {
  for (const ConnectionId id : connections_.overdue(loop_.now())) shut(id);
  run();
}

ConnectionId HttpServer::connection_opened(int fd, const std::string& peer) {
  const ConnectionId id = ++last_id_;
  sockets_[id] = {fd};
  if (const auto given_up = connections_.opened(id, peer, loop_.now())) shut(*given_up);
  return id;
}

void HttpServer::connection_closed(ConnectionId id) {
  connections_.closed(id);
  sockets_.erase(id);
}

// The library sees the end of the connection and closes it; until then it counts no longer.
void HttpServer::shut(ConnectionId id) {
  connections_.closed(id);
  const auto found = sockets_.find(id);
  if (found != sockets_.end()) ::shutdown(found->second.fd, SHUT_RDWR);
}

}  // namespace hotseat::web
