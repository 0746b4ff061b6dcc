// What a domain says to vfio-kvm: which devices it reads, and its hotkey.
#pragma once

#include "base/error.h"
#include "importers/draft.h"
#include "importers/imported.h"

namespace hotseat::importers {

// Adds the guest, its devices and its hotkey. Fails on text that is no domain.
Expected<void> take_vfio_domain(const File& file, Draft& draft);

// "keyboard" for a name under /dev/input/by-id that ends like that of one: what to call it.
std::string name_of_node(std::string_view by_id);

}  // namespace hotseat::importers
