// One event of a stream of them: WHATWG HTML, "Server-sent events".
#pragma once

#include <string>
#include <string_view>

namespace hotseat::web {

// `data` is JSON on one line.
std::string event_frame(std::string_view event, std::string_view data);

// Sent when there is nothing else to say: either side sees that the other is gone.
inline constexpr std::string_view kBeatFrame = "event: beat\ndata: null\n\n";

}  // namespace hotseat::web
