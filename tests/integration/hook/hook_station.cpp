#include "tests/integration/hook/hook_station.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <chrono>
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

void HookStation::start(service::HookLimits limits) {
  socket_.emplace(loop_.native(), loop_, app_, log_, path(), limits);
}

void HookStation::run_until(const std::function<bool()>& so) {
  const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!so()) {
    if (std::chrono::steady_clock::now() > latest) throw std::runtime_error("it takes too long");
    sd_event_run(loop_.native(), 10'000);
  }
}

}  // namespace hotseat::test
