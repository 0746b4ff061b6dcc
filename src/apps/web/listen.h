// Sockets that listen.
#pragma once

#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "web/listen_address.h"

namespace hotseat::web {

// Port 0 is replaced by the one the kernel chose.
Expected<std::vector<UniqueFd>> listen_on(std::vector<ListenAddress>& addresses);

}  // namespace hotseat::web
