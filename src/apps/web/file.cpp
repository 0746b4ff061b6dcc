#include "file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "apps/files/whole_file.h"
#include "base/unique_fd.h"

namespace hotseat::web {

namespace {

constexpr std::size_t kLargestFile = 1'048'576;

tl::unexpected<Error> failed(const char* what, const std::string& path, int number) {
  std::string hint;
  if (number == EACCES) hint = "let the user that hotseat-web runs as have it";
  return fail({what, path, std::generic_category().message(number), hint});
}

}  // namespace

Expected<std::optional<std::string>> read_file(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!fd && errno == ENOENT) return std::nullopt;
  if (!fd) return failed("read", path, errno);
  std::string text;
  std::array<char, 16384> chunk{};
  while (text.size() <= kLargestFile) {
    const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("read", path, errno);
    if (count == 0) return text;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return fail({"read", path, "is larger than 1 MiB", "is it the right file?"});
}

Expected<void> write_file(const std::string& path, const std::string& text) {
  const auto error = files::write_whole(path, text, 0600, files::Existing::is_replaced);
  if (error) return failed("write", path, error.value());
  return {};
}

}  // namespace hotseat::web
