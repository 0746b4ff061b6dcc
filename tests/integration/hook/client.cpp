#include "tests/integration/hook/client.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace hotseat::test {

Client::Client(const std::filesystem::path& path)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, path.c_str());
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("connect");
  }
}

void Client::say(const std::string& text) const {
  ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Client::end() const {
  ::shutdown(socket_.get(), SHUT_WR);
}

void Client::listen() {
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN)) hung_up_ = true;
    if (got <= 0) return;
    heard_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

const std::string& Client::heard() {
  listen();
  return heard_;
}

bool Client::hung_up() {
  listen();
  return hung_up_;
}

}  // namespace hotseat::test
