// Small files of our own, whole.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"

namespace hotseat::web {

// Nothing when there is no such file.
Expected<std::optional<std::string>> read_file(const std::string& path);

// Readable by this user alone; either the old or the new one is there, whatever happens.
Expected<void> write_file(const std::string& path, const std::string& text);

}  // namespace hotseat::web
