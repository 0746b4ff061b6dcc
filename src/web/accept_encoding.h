// Which codings of a body a client takes: RFC 9110, section 12.5.3.
#pragma once

#include "web/message.h"

namespace hotseat::web {

// Only when it is said, with a weight above 0: "gzip", or "*" and nothing against gzip. What is not
// understood counts as not said.
bool takes_gzip(const Request& request);

}  // namespace hotseat::web
