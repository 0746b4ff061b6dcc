// The files that are imported, read from the disk; nothing is ever written.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importing {

// A plain file of 1 MiB at most.
Expected<importers::File> read(const std::string& path);

// The XML files in the directory of a script that it names, or all when it says *.xml.
Expected<std::vector<importers::File>> read_xml_beside(const importers::File& script);

// virt-aid's settings below its folder, named relative to it.
Expected<std::vector<importers::File>> read_virt_aid(const std::string& folder);

}  // namespace hotseat::importing
