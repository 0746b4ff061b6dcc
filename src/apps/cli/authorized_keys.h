// The file that says which keys may come through the SSH door, as text.
#pragma once

#include <string>
#include <string_view>

namespace hotseat::cli {

// One line: this key runs `PROGRAM ssh-door NAME` and nothing else; no terminal, no forwarding
// (sshd(8): restrict). `public_key` is what ssh-keygen writes to NAME.pub.
std::string authorized_line(const std::string& program, const std::string& name,
                            std::string_view public_key);

// Without the lines of that name; all else stays as it is.
std::string without_key(std::string_view file, const std::string& name);

}  // namespace hotseat::cli
