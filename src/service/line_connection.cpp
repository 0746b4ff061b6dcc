#include "service/line_connection.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace hotseat::service {

namespace {

// More than a person, or a shortcut for each of somebody's devices, ever says within that time. Who
// says more waits until it is over, and holds up nobody else.
constexpr int kMostLines = 16;
constexpr std::chrono::seconds kWithin{1};

}  // namespace

LineConnection::LineConnection(sd_event* event, ports::Clock& clock, UniqueFd socket, Hooks hooks)
    : clock_(clock), socket_(std::move(socket)), hooks_(std::move(hooks)) {
  sd_event_source* raw = nullptr;
  const int result =
      sd_event_add_io(event, &raw, socket_.get(), EPOLLIN, &LineConnection::on_readable, this);
  if (result < 0) throw std::system_error(-result, std::generic_category(), "sd_event_add_io");
  readable_.reset(raw);
}

int LineConnection::on_readable(sd_event_source*, int, std::uint32_t, void* self) {
  static_cast<LineConnection*>(self)->read();
  return 0;
}

// As much as the lines that may be said at once take at least.
void LineConnection::read() {
  std::array<char, wire::kLongestLine> piece{};
  const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    readable_.reset();
    within_.reset();
    ended_ = true;
    // `echo release | socat - UNIX-CONNECT:…` has said all, and waits for its answer.
    if (owed_ == 0) hooks_.over();
    return;
  }
  const auto cut = cutter_.cut({piece.data(), static_cast<std::size_t>(got)});
  if (cut.too_long > 0) hooks_.too_long();
  for (const std::string& line : cut.lines) {
    if (!line.empty() && line != "\r") take(line);
  }
  count(static_cast<int>(cut.lines.size() + cut.too_long));
}

void LineConnection::take(const std::string& line) {
  ++owed_;  // it may be answered inside
  if (!hooks_.said(line)) --owed_;
}

void LineConnection::count(int lines) {
  if (lines == 0) return;
  heard_ += lines;
  if (heard_ >= kMostLines) sd_event_source_set_enabled(readable_.get(), SD_EVENT_OFF);
  if (within_) return;
  within_ = clock_.after(kWithin, [this] {
    const auto keep = std::move(within_);
    heard_ = 0;
    sd_event_source_set_enabled(readable_.get(), SD_EVENT_ON);
  });
}

void LineConnection::answer(const std::string& line) {
  const std::string text = line + "\n";
  ::send(socket_.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  --owed_;
  if (ended_ && owed_ == 0) hooks_.over();
}

}  // namespace hotseat::service
