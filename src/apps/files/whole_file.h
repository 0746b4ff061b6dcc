// Files that are there as a whole or not at all: whoever reads them may do so this instant.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace hotseat::files {

enum class Existing { stays, is_replaced };

// Empty when it cannot be read.
std::string read_whole(const std::filesystem::path& file);

// Writes `file` with exactly this mode, whatever the umask; its text is on disk before it has the
// name. With Existing::stays the answer is EEXIST when there is one. Directories are not made.
std::error_code write_whole(const std::filesystem::path& file, std::string_view text, mode_t mode,
                            Existing existing);

// To the end, whatever signals come; otherwise errno tells why not.
bool write_all(int fd, std::string_view text);

}  // namespace hotseat::files
