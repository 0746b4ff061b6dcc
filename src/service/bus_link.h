// The daemon's connection to the message bus, kept up for as long as it lives.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ports/clock.h"
#include "service/sd_bus_handles.h"

namespace hotseat::service {

enum class BusKind { system, session };

// Loop thread only. A bus that is absent, drops the connection or refuses the name is told about
// once and tried again with growing pauses; there is no timer while the connection stands.
class BusLink {
 public:
  struct Hooks {
    // A new connection: put the objects on it. The name is asked for afterwards, so that nobody
    // finds the name without them. Returns a negative errno to give up this connection.
    std::function<int(sd_bus*)> attach;
    std::function<void()> detach;  // the connection is about to go: withdraw what hangs on it
    std::function<void(const std::string&)> notice;  // for the log
    // What is in the way just now, empty when nothing is any longer. May be left out.
    std::function<void(const std::string&)> problem;
  };

  // `event` and `clock` outlive it.
  BusLink(sd_event* event, ports::Clock& clock, BusKind kind, std::string name, Hooks hooks);
  ~BusLink();
  BusLink(const BusLink&) = delete;
  BusLink& operator=(const BusLink&) = delete;

  sd_bus* connection() const { return lost_ ? nullptr : bus_.get(); }  // null while there is none

 private:
  void open();
  void close();
  int connect();
  void try_later(const std::string& problem);
  int ask_for_name();
  int name_answered(sd_bus_message* reply);
  void name_acquired(sd_bus_message* signal);
  void all_is_well();
  void report(const std::string& problem);

  sd_event* event_;
  ports::Clock& clock_;
  BusKind kind_;
  std::string name_;
  Hooks hooks_;
  Bus bus_;
  BusSlot disconnected_;
  BusSlot acquired_;
  BusSlot name_request_;
  bool lost_ = true;
  ports::Duration pause_;
  std::string problem_;  // the last one told, so that the log is not filled with the same
  std::unique_ptr<ports::Timer> retry_;
};

}  // namespace hotseat::service
