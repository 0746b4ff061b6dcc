// One event of a stream of them: WHATWG HTML, "Server-sent events".
#pragma once

#include <string>
#include <string_view>

namespace hotseat::web {

// `data` is JSON on one line.
std::string event_frame(std::string_view event, std::string_view data);

// Says nothing; a connection that is gone shows when it is written to.
inline constexpr std::string_view kEmptyFrame = ":\n\n";

}  // namespace hotseat::web
