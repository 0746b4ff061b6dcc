#include "service/deferred.h"

#include <system_error>

namespace hotseat::service {

EventSource deferred(sd_event* event, sd_event_handler_t handler, void* userdata) {
  sd_event_source* raw = nullptr;
  int result = sd_event_add_defer(event, &raw, handler, userdata);
  if (result >= 0) result = sd_event_source_set_enabled(raw, SD_EVENT_OFF);
  if (result < 0) throw std::system_error(-result, std::generic_category(), "sd_event_add_defer");
  return EventSource(raw);
}

}  // namespace hotseat::service
