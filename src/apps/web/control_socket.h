// The control socket: root's way in, for `hotseat web`.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/unique_fd.h"
#include "event_loop.h"

namespace hotseat::web {

// Loop thread only. A connection asks one thing and is answered; it is this user's or root's.
class ControlSocket {
 public:
  using Handler = std::function<std::string(const std::string& line)>;

  // Takes the place of a socket left there by one that was killed.
  static Expected<std::unique_ptr<ControlSocket>> listen(EventLoop& loop, const std::string& path,
                                                         Handler handler);
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  struct Conversation {
    UniqueFd fd;
    std::string line;
    std::unique_ptr<EventLoop::Watch> watch;
    std::unique_ptr<EventLoop::Alarm> patience;
  };

  ControlSocket(EventLoop& loop, UniqueFd fd, std::string path, Handler handler);
  void accept_one();
  void read_from(int fd);
  void answer(const Conversation& conversation);

  EventLoop& loop_;
  std::string path_;
  Handler handler_;
  UniqueFd fd_;
  EventLoop::Watch watch_;
  std::map<int, Conversation> conversations_;
};

}  // namespace hotseat::web
