#include "service/hook_connection.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace hotseat::service {

HookConnection::HookConnection(sd_event* event, ports::Clock& clock, UniqueFd socket,
                               ports::Duration patience, Hooks hooks)
    : socket_(std::move(socket)),
      hooks_(std::move(hooks)),
      limit_(clock.after(patience, [this] { end("sent no whole request in time"); })) {
  sd_event_source* raw = nullptr;
  const int result =
      sd_event_add_io(event, &raw, socket_.get(), EPOLLIN, &HookConnection::on_readable, this);
  if (result < 0) throw std::system_error(-result, std::generic_category(), "sd_event_add_io");
  readable_.reset(raw);
}

int HookConnection::on_readable(sd_event_source*, int, std::uint32_t, void* self) {
  static_cast<HookConnection*>(self)->read();
  return 0;
}

// One piece per turn of the loop: a talkative client does not keep others waiting.
void HookConnection::read() {
  std::array<char, 65536> piece{};
  const std::size_t room = std::min(piece.size(), wanted_ - received_.size());
  const ssize_t got = ::recv(socket_.get(), piece.data(), room, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return end("hung up in the middle of its request");
  received_.append(piece.data(), static_cast<std::size_t>(got));
  if (received_.size() == wanted_) look_at_received();
}

void HookConnection::look_at_received() {
  if (wanted_ == wire::kHookHeader) {
    const auto length = wire::body_length(received_);
    if (!length) return end("sent what is no request");
    wanted_ += *length;
    return;
  }
  const auto event = wire::decode_event(std::string_view(received_).substr(wire::kHookHeader));
  if (!event) return end("sent what is no request");
  // The answer may take its time; whether anybody still waits for it then shows.
  limit_.reset();
  readable_.reset();
  hooks_.asked(*event);
}

void HookConnection::answer(const wire::HookAnswer& answer) {
  const std::string text = wire::encode(answer);
  // Into an empty buffer: it fits as a whole.
  ::send(socket_.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  end("");
}

void HookConnection::end(const std::string& complaint) {
  limit_.reset();
  readable_.reset();
  socket_.reset();
  const auto over = std::exchange(hooks_.over, nullptr);
  if (over) over(complaint);
}

}  // namespace hotseat::service
