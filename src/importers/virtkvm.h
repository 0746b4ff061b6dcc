// virtkvm's YAML configuration: the original's, NeoTheFox' and rokups'.
#pragma once

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

Expected<Imported> import_virtkvm(const File& file);

}  // namespace hotseat::importers
