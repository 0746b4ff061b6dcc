// Giving a domain more to read, in the text of its description: the rest stays as it is, letter by
// letter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hotseat::domain_xml {

// One <input type='passthrough' bus='virtio'> for each path, at the end of <devices>. Fails as
// load() does (domain_xml/document.h), and on a domain without devices.
Expected<std::string> add_virtio_inputs(std::string_view text,
                                        const std::vector<std::string>& paths);

}  // namespace hotseat::domain_xml
