// The lines that vm-usbserver takes, "VM attach VVVV:PPPP", wherever they stand: in scripts that
// send them, in notes, in the log that it writes.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

// `guests` are further domains, when the lines do not name them all.
Expected<Imported> import_usbserver(const File& file, const std::vector<std::string>& guests);

}  // namespace hotseat::importers
