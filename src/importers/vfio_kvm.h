// vfio-kvm: /etc/vfio-kvm.yaml of 1.x and 2.x, that of its successor akeydo, and what stands in the
// domains themselves.
#pragma once

#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

// `domains` are their descriptions, as virsh dumpxml prints them. The configuration may be empty,
// as it may for vfio-kvm, or such a description itself.
Expected<Imported> import_vfio_kvm(const File& config, const std::vector<File>& domains);

}  // namespace hotseat::importers
