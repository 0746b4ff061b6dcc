// The end of sessions that nobody uses.
#pragma once

#include "client_store.h"
#include "seat_watch.h"
#include "web/moment.h"

namespace hotseat::web {

// Whoever has not come for `session` is forgotten, and told nothing any more. Asked before anybody
// is let in or listed: no timer is needed.
void end_idle_sessions(ClientStore& store, SeatWatch& seat, Date session);

}  // namespace hotseat::web
