// hotseatd, reached over D-Bus. Every request to it goes through here.
#pragma once

#include <systemd/sd-bus.h>

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "daemon_signals.h"
#include "event_loop.h"

namespace hotseat::web {

// It was asked and did not answer with a document.
struct DaemonFailure {
  enum class Kind { away, not_permitted, other };
  Kind kind = Kind::other;
  std::string message;
};

// Loop thread only. A hotseatd or a bus that is away is waited for, with growing pauses for the
// bus.
class Daemon {
 public:
  using Answer = std::function<void(const tl::expected<std::string, DaemonFailure>&)>;
  struct Hooks {
    std::function<void(bool)> present;  // hotseatd came or went
    std::function<void(const DaemonSignal&)> told;
  };

  Daemon(EventLoop& loop, bool session_bus, Hooks hooks);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  bool present() const { return present_; }
  // Answers all that is open: hotseatd is away, as far as this program is concerned.
  void close();

  // On behalf of `who` ("web:phone"). The answer, hotseatd's report, comes when the switch has
  // ended, however long that takes; with a failure, when it never will.
  void switch_to(const std::string& who, const std::string& target, Answer answer);
  void next(const std::string& who, Answer answer);
  void release(const std::string& who, Answer answer);

  void plan(const std::string& who, const std::string& target, Answer answer);
  void status(Answer answer);
  // Answered, with nothing, when hotseatd has taken all that was asked before.
  void taken(Answer answer);

 private:
  struct Unref {
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
    void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
  };
  struct Call {
    Daemon* daemon = nullptr;
    Answer answer;
    std::unique_ptr<sd_bus_slot, Unref> slot;
    std::list<Call>::iterator place;
  };

  void connect();
  int try_to_connect();
  int subscribe();
  void lost();
  void owner_changed(sd_bus_message* signal);
  void set_present(bool present);
  // `interface` is hotseatd's own or a standard one.
  void call(const char* interface, const char* method, const std::vector<std::string>& arguments,
            bool waits, Answer answer);
  int send(const char* interface, const char* method, const std::vector<std::string>& arguments,
           bool waits, Call& call);
  static int answered(sd_bus_message* reply, void* call, sd_bus_error*);
  void finish(Call& call, const tl::expected<std::string, DaemonFailure>& result);

  EventLoop& loop_;
  bool session_bus_;
  Hooks hooks_;
  bool present_ = false;
  Moment pause_;
  EventLoop::Alarm retry_;
  std::unique_ptr<sd_bus, Unref> bus_;
  std::list<Call> calls_;
};

}  // namespace hotseat::web
