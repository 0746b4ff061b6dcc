#include "web/event_frame.h"

namespace hotseat::web {

std::string event_frame(std::string_view event, std::string_view data) {
  std::string frame = "event: ";
  frame.append(event).append("\ndata: ").append(data).append("\n\n");
  return frame;
}

}  // namespace hotseat::web
