// The file that says which keys may come through the SSH door, as text.
#pragma once

#include <string>
#include <string_view>

namespace hotseat::cli {

// One line: this key runs `PROGRAM ssh-door NAME ONLY` and nothing else; no terminal, no forwarding
// (sshd(8): restrict). `only` may be empty; a shell reads it, so that it is no text of strangers.
// `public_key` is what ssh-keygen writes to NAME.pub.
std::string authorized_line(const std::string& program, const std::string& name,
                            const std::string& only, std::string_view public_key);

// With that line, in place of others of that name.
std::string with_key(std::string_view file, const std::string& name, const std::string& line);

// Without the lines of that name; all else stays as it is.
std::string without_key(std::string_view file, const std::string& name);

}  // namespace hotseat::cli
