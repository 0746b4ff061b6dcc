// hotseatd, reached over D-Bus.
#pragma once

#include <systemd/sd-bus.h>

#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/events.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

// One thread. Failures carry the exit status that tells scripts what went wrong.
class Daemon {
 public:
  using Arguments = std::vector<std::string>;

  static Result<std::unique_ptr<Daemon>> connect(bool session_bus);
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // Calls a method that answers at once, with one document.
  Result<std::string> ask(const char* method, const Arguments& arguments = {});
  Result<std::vector<std::string>> reload();  // notes
  Result<std::string> version();

  // Calls a method that answers when a switch has ended, however long that takes; tells what
  // happens meanwhile.
  Result<std::string> carry_out(const char* method, const Arguments& arguments,
                                const std::function<void(const Event&)>& tell);

  // From now on events are kept for next_event(), which waits for one.
  Result<void> subscribe();
  Result<Event> next_event();

  // Runs `loop`, and tells every event, until something ends the loop. Fails when that was the end
  // of the connection; a daemon that comes and goes is an event.
  Result<void> follow(sd_event* loop, std::function<void(const Event&)> tell);

 private:
  struct Unref {
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
    void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
  };
  using Message = std::unique_ptr<sd_bus_message, Unref>;

  Daemon(sd_bus* bus, bool session_bus) : bus_(bus), session_bus_(session_bus) {}
  Result<Message> new_call(const char* method, const Arguments& arguments);
  Result<Message> call(sd_bus_message* message);
  Result<std::string> read_text(sd_bus_message* reply);
  Result<void> turn();  // handles one message, waiting for it
  void take(Event event);
  tl::unexpected<Failure> failure(const sd_bus_error* error) const;
  tl::unexpected<Failure> unreachable(int error) const;

  std::unique_ptr<sd_bus, Unref> bus_;
  bool session_bus_;
  std::function<void(const Event&)> tell_;
  std::deque<Event> events_;  // while there is nobody to tell
};

}  // namespace hotseat::cli
