#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include "base/unique_fd.h"
#include "config/config.h"
#include "config/trust.h"

namespace hotseat::config {

namespace {

constexpr std::size_t kLargestFile = std::size_t{1}
                                     << 20;  // bytes; a big seat takes a few thousand

Error error_at(const std::string& path, std::string reason, std::string hint) {
  return {"read the configuration", path, std::move(reason), std::move(hint)};
}

Error system_error_at(const std::string& path, int number) {
  std::string hint;
  if (number == ENOENT)
    hint = "create it, or name another file; hotseat.toml(5) shows how to write one";
  if (number == EACCES) hint = "become root, or let your user read it";
  return error_at(path, std::generic_category().message(number), std::move(hint));
}

// Checked and read through the one descriptor: the file cannot be swapped in between.
Expected<std::string> read_trusted(const std::string& path) {
  // Non-blocking, so that a FIFO of that name does not hang the daemon.
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!fd) return fail(system_error_at(path, errno));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return fail(system_error_at(path, errno));
  if (auto reason = distrust(status, ::geteuid(), path)) return fail(std::move(*reason));

  std::string text;
  std::array<char, 16384> chunk{};
  while (text.size() <= kLargestFile) {
    const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_error_at(path, errno));
    if (count == 0) return text;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return fail(error_at(path, "is larger than 1 MiB", "is it the right file?"));
}

}  // namespace

Expected<Seat> load(const std::string& path) {
  return read_trusted(path).and_then(
      [&path](const std::string& text) { return parse(text, path); });
}

}  // namespace hotseat::config
