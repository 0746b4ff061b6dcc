#include "apps/cli/bounded_io.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace hotseat::cli {

namespace {

bool is_ready(int fd, short events, Deadline deadline) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
            .count();
    if (left <= 0) return false;
    pollfd waiting{fd, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

}  // namespace

ReadEnd read_all(int fd, std::size_t limit, Deadline deadline, std::string& text) {
  std::array<char, 65536> piece{};
  bool too_long = false;
  for (;;) {
    if (!is_ready(fd, POLLIN, deadline)) return ReadEnd::late;
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got == 0) return too_long ? ReadEnd::too_long : ReadEnd::complete;
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return ReadEnd::failed;
    const std::size_t room = std::min(static_cast<std::size_t>(got), limit - text.size());
    text.append(piece.data(), room);
    too_long = too_long || room < static_cast<std::size_t>(got);
  }
}

bool send_all(int socket, std::string_view text, Deadline deadline) {
  while (!text.empty()) {
    if (!is_ready(socket, POLLOUT, deadline)) return false;
    const ssize_t sent = ::send(socket, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace hotseat::cli
