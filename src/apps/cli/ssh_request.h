// What somebody wants who came with a key.
#pragma once

#include <optional>
#include <string_view>

#include "wire/line_request.h"

namespace hotseat::cli {

// "switch TARGET", "next", "release", "status" or "help"; and what keys ran before there was a
// door:
// "/usr/local/bin/vm-attach.sh attach", a switch to the guest, and "vm-attach.sh detach", one to
// the host. The path, the script's name and a sudo in front may be left out. Never of kind attach
// or detach; nothing for what is none of these.
std::optional<wire::LineRequest> parse_ssh_request(std::string_view text);

}  // namespace hotseat::cli
