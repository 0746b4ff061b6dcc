// Names of users and groups of this machine. Local accounts only: libc's look-ups may ask a
// directory server, and the loop must not wait for one. Loop thread only.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotseat::service {

std::string user_name(uid_t uid);  // "uid 1234" when it has none here
std::vector<std::string> group_names(const std::vector<std::uint32_t>& gids);

}  // namespace hotseat::service
