// Whom a configuration file may belong to: it names programs that the daemon runs as root.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>

#include "base/error.h"

namespace hotseat::config {

// Why the file must not be believed; nothing when it may be. `reader` is the effective user id of
// this process. Pure: looks at the values only.
std::optional<Error> distrust(const struct stat& status, uid_t reader, const std::string& path);

}  // namespace hotseat::config
