// web.toml, read from where it is.
#pragma once

#include <string>

#include "base/error.h"
#include "web/config.h"

namespace hotseat::web {

// Without the file: the defaults. One that holds a secret and can be read by everybody is refused.
Expected<Config> load_config(const std::string& path);

}  // namespace hotseat::web
