#include "service/line_socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <system_error>
#include <utility>

namespace hotseat::service {

namespace {

// A guest has one serial port; more is a mistake, or meant ill.
constexpr std::size_t kMostConnections = 16;

}  // namespace

LineSocket::LineSocket(sd_event* event, ports::Clock& clock, LineClerk& clerk, AccessLog& log,
                       UniqueFd listener, Identify identify)
    : event_(event),
      clock_(clock),
      clerk_(clerk),
      log_(log),
      listener_(std::move(listener)),
      identify_(std::move(identify)),
      self_(std::make_shared<LineSocket*>(this)) {
  sd_event_source* raw = nullptr;
  const int result =
      sd_event_add_io(event_, &raw, listener_.get(), EPOLLIN, &LineSocket::on_connection, this);
  if (result < 0) throw std::system_error(-result, std::generic_category(), "sd_event_add_io");
  waiting_.reset(raw);
}

int LineSocket::on_connection(sd_event_source*, int, std::uint32_t, void* self) {
  static_cast<LineSocket*>(self)->accept();
  return 0;
}

void LineSocket::accept() {
  UniqueFd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!socket) return;  // gone again; or no descriptor is left, and it is tried again
  const auto peer = peer_of(socket.get());
  const auto who = peer ? identify_(*peer) : std::nullopt;
  if (who && connections_.size() < kMostConnections) return serve(std::move(socket), *who);
  const std::string uid = peer ? std::to_string(peer->uid) : "?";
  const std::string pid = peer ? std::to_string(peer->pid) : "?";
  log_.tell_in_vain(who ? to_string(*who) : "uid " + uid,
                    who ? to_string(*who) + " has too many connections already"
                        : "process " + pid + " may not speak on a line socket");
}

void LineSocket::serve(UniqueFd socket, const Requester& who) {
  const Number number = next_++;
  LineConnection::Hooks hooks;
  hooks.said = [this, number, who](const std::string& line) {
    return clerk_.handle(who, line,
                         [weak = std::weak_ptr(self_), number](const std::string& answer) {
                           const auto self = weak.lock();
                           if (!self) return;
                           const auto found = (*self)->connections_.find(number);
                           if (found != (*self)->connections_.end()) found->second->answer(answer);
                         });
  };
  hooks.too_long = [this, who] {
    log_.tell_in_vain(to_string(who), to_string(who) + ": a line was too long");
  };
  hooks.over = [this, number] { over(number); };
  connections_[number] =
      std::make_unique<LineConnection>(event_, clock_, std::move(socket), std::move(hooks));
}

void LineSocket::over(Number number) {
  leaving_[number] = clock_.after({}, [this, number] {
    connections_.erase(number);
    leaving_.erase(number);
  });
}

}  // namespace hotseat::service
