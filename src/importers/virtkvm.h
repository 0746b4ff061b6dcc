// virtkvm's YAML configuration: the original's, NeoTheFox' and rokups'.
#pragma once

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

// `with_web`: what it says of HTTP becomes web.toml; otherwise that is reported as not carried.
Expected<Imported> import_virtkvm(const File& file, bool with_web = false);

}  // namespace hotseat::importers
