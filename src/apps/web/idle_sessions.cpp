#include "idle_sessions.h"

#include <string>

#include "event_loop.h"

namespace hotseat::web {

void end_idle_sessions(ClientStore& store, SeatWatch& seat, Date session) {
  for (const std::string& name : store.forget_idle(EventLoop::date(), session)) seat.dismiss(name);
}

}  // namespace hotseat::web
