// One client of a line socket, for as long as it stays: a guest's serial port stays for hours.
#pragma once

#include <systemd/sd-event.h>

#include <functional>
#include <memory>
#include <string>

#include "base/unique_fd.h"
#include "ports/clock.h"
#include "service/sd_bus_handles.h"
#include "wire/line_request.h"

namespace hotseat::service {

// Loop thread only. Who is at the other end has been looked at before.
class LineConnection {
 public:
  struct Hooks {
    std::function<bool(const std::string& line)> said;  // will there be an answer?
    std::function<void()> too_long;
    std::function<void()> over;  // last call; it may not be destroyed inside
  };

  // Throws std::system_error.
  LineConnection(sd_event* event, ports::Clock& clock, UniqueFd socket, Hooks hooks);
  LineConnection(const LineConnection&) = delete;
  LineConnection& operator=(const LineConnection&) = delete;

  // A client that does not read what it is told loses it.
  void answer(const std::string& line);

 private:
  static int on_readable(sd_event_source*, int, std::uint32_t, void* self);
  void read();
  void count(int lines);
  void take(const std::string& line);

  ports::Clock& clock_;
  UniqueFd socket_;
  Hooks hooks_;
  wire::LineCutter cutter_;
  int heard_ = 0;       // lines within the time that is running
  int owed_ = 0;        // answers
  bool ended_ = false;  // it says nothing more, and may still listen
  std::unique_ptr<ports::Timer> within_;
  EventSource readable_;
};

}  // namespace hotseat::service
