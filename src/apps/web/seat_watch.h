// What is known of the seat, and everybody who wants to hear of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "daemon.h"
#include "event_loop.h"
#include "event_stream.h"
#include "web/history.h"
#include "web/virtkvm.h"

namespace hotseat::web {

class SeatWatch {
 public:
  SeatWatch(EventLoop& loop, bool session_bus);

  Daemon& daemon() { return daemon_; }
  const History& history() const { return history_; }
  const LastGuest& last_guest() const { return last_guest_; }

  // A stream that begins with how things are. Null when there are too many.
  std::shared_ptr<EventStream> listen(const std::string& client);
  void dismiss(const std::string& client);  // ends what this client listens to
  // Ends all streams and answers what hotseatd was asked.
  void close();

 private:
  void present_changed(bool present);
  void told(const DaemonSignal& signal);
  void ask_status();
  void learn(const std::string& document);
  void tell(const char* event, const std::string& data);
  void forget_gone();
  void beat();
  std::string greeting(const std::string& client) const;

  EventLoop& loop_;
  std::vector<std::shared_ptr<EventStream>> streams_;
  std::string status_ = "null";
  bool asking_ = false;
  bool ask_again_ = false;
  History history_;
  LastGuest last_guest_;
  EventLoop::Alarm keep_alive_;
  Daemon daemon_;  // last: its constructor calls back
};

}  // namespace hotseat::web
