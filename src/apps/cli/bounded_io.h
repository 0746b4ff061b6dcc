// Reading and writing that gives up when its time is over.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace hotseat::cli {

using Deadline = std::chrono::steady_clock::time_point;

enum class ReadEnd { complete, too_long, late, failed };

// Up to end of file. What goes beyond `limit` is read and thrown away.
ReadEnd read_all(int fd, std::size_t limit, Deadline deadline, std::string& text);

// To a socket. False when it is late, or nobody is there any longer.
bool send_all(int socket, std::string_view text, Deadline deadline);

}  // namespace hotseat::cli
