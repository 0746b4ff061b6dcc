// Compression for answers that are made once and sent often.
#pragma once

#include <string>
#include <string_view>

namespace hotseat::web {

// RFC 1952, as small as it gets. The same bytes always become the same: no time of day is in it.
// Throws when there is no memory for it.
std::string gzip(std::string_view bytes);

}  // namespace hotseat::web
