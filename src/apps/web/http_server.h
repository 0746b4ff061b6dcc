// HTTP over libmicrohttpd, inside our own loop: no thread, no waiting.
#pragma once

#include <sys/socket.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "event_loop.h"
#include "event_stream.h"
#include "web/connections.h"
#include "web/message.h"

struct MHD_Daemon;

namespace hotseat::web {

// A whole answer, or the head of one that goes on with a stream.
struct Reply {
  Response response;
  std::shared_ptr<EventStream> stream;
};

// PEM texts.
struct Identity {
  std::string certificate;
  std::string key;
};

struct HttpExchange;

class HttpServer {
 public:
  // Called once for a request, from inside the handler or later.
  using Answer = std::function<void(Reply)>;
  using Handler = std::function<void(const Request&, const Answer&)>;

  // `listeners` listen already. Throws std::runtime_error when libmicrohttpd refuses, as it does a
  // certificate that does not go with its key.
  HttpServer(EventLoop& loop, std::vector<UniqueFd> listeners,
             const std::optional<Identity>& identity, Handler handler);
  // Every answer has been given and every stream has ended before.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

 private:
  friend struct HttpCallbacks;
  struct Listener {
    UniqueFd fd;
    std::unique_ptr<EventLoop::Watch> watch;
  };
  struct Connection {
    int fd = -1;
  };

  void start(const std::optional<Identity>& identity);
  void accept_from(Listener& listener);
  void add(UniqueFd socket, const sockaddr_storage& address, socklen_t length);
  void pause_listening();
  void run();
  void run_soon();
  void close_overdue();
  void arm_deadline();

  ConnectionId connection_opened(int fd, const std::string& peer);
  void connection_closed(ConnectionId id);
  void shut(ConnectionId id);

  EventLoop& loop_;
  Handler handler_;
  bool encrypted_ = false;
  std::vector<std::unique_ptr<Listener>> listeners_;
  Connections connections_;
  std::map<ConnectionId, Connection> sockets_;
  ConnectionId last_id_ = 0;
  bool resumed_ = false;  // a connection, since the last turn
  EventLoop::Alarm soon_;
  EventLoop::Alarm deadline_;
  EventLoop::Alarm listen_again_;
  std::string key_, certificate_;
  MHD_Daemon* daemon_ = nullptr;
  std::unique_ptr<EventLoop::Watch> watch_;
};

}  // namespace hotseat::web
