// Calls that wait for the bus to tell who made them.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <string>

#include "service/caller.h"
#include "service/sd_bus_handles.h"

namespace hotseat::service {

// Asked without waiting: a bus that does not answer must not hold up the loop. Calls go on in the
// order they came in. Who called lately is remembered: a program that stays on the bus, as
// hotseat-web does, is asked about once. Loop thread only.
class IdentifiedCalls {
 public:
  using Then = std::function<void(const Caller& who, BusMessage call)>;

  // Goes on with `then` once it is known who made the call. As a method handler returns: 1, or a
  // negative errno.
  int identify_and(sd_bus_message* call, Then then);
  void clear();  // the connection is about to go

 private:
  struct Pending {
    IdentifiedCalls* all;
    BusMessage call;
    Then then;
    BusSlot lookup;
    std::list<Pending>::iterator position;
  };
  // By its unique name, which a bus never gives to anybody else (D-Bus specification, "Message
  // Bus Names").
  struct Known {
    std::string name;
    Caller caller;
  };
  static int identified(sd_bus_message* credentials, void* pending_call, sd_bus_error*);
  const Caller* find(const std::string& name) const;
  void remember(std::string name, Caller caller);

  std::list<Pending> pending_;
  std::deque<Known> known_;  // the one that was found out last comes last
};

}  // namespace hotseat::service
