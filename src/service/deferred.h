// Work that runs once per turn of the loop, however often it was asked for.
#pragma once

#include <systemd/sd-event.h>

#include "service/sd_bus_handles.h"

namespace hotseat::service {

// Asked for by sd_event_source_set_enabled(…, SD_EVENT_ONESHOT). Throws std::system_error.
EventSource deferred(sd_event* event, sd_event_handler_t handler, void* userdata);

}  // namespace hotseat::service
