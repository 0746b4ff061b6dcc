// Calls that wait for the bus to tell who made them.
#pragma once

#include <functional>
#include <list>

#include "service/caller.h"
#include "service/sd_bus_handles.h"

namespace hotseat::service {

// Asked without waiting: a bus that does not answer must not hold up the loop. The bus keeps the
// order, so calls go on in the order they came in. Loop thread only.
class IdentifiedCalls {
 public:
  using Then = std::function<void(const Caller& who, BusMessage call)>;

  // Goes on with `then` once it is known who made the call. As a method handler returns: 1, or a
  // negative errno.
  int identify_and(sd_bus_message* call, Then then);
  void clear() { pending_.clear(); }  // the connection is about to go

 private:
  struct Pending {
    IdentifiedCalls* all;
    BusMessage call;
    Then then;
    BusSlot lookup;
    std::list<Pending>::iterator position;
  };
  static int identified(sd_bus_message* credentials, void* pending_call, sd_bus_error*);

  std::list<Pending> pending_;
};

}  // namespace hotseat::service
