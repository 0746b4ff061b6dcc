// A script that hands USB devices over with virsh and sets a monitor's input with ddcutil, as
// vm-attach.sh does. Read, never run.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

// `hostdevs` are the XML files beside the script. `guests` are the domains it is for, when it does
// not name one itself.
Expected<Imported> import_vm_attach(const File& script, const std::vector<File>& hostdevs,
                                    const std::vector<std::string>& guests);

}  // namespace hotseat::importers
