// virt-aid's configuration: small files that its set-up scripts write below its folder.
#pragma once

#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

// `folder` is for messages. The files' names are relative to it: "utils/switch/input.conf".
Expected<Imported> import_virt_aid(const std::string& folder, const std::vector<File>& files);

// Where they are, below the folder.
inline constexpr const char* kVirtAidFolders[] = {"utils/guest-devices", "utils/guest-setup",
                                                  "utils/switch"};

// Is a file of such a folder one that holds settings? The others are virt-aid's programs.
bool is_virt_aid_setting(std::string_view name);

}  // namespace hotseat::importers
