#include "apps/files/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "base/unique_fd.h"

namespace hotseat::files {

std::string read_whole(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::error_code write_whole(const std::filesystem::path& file, std::string_view text, mode_t mode,
                            Existing existing) {
  const auto failed = [] { return std::error_code(errno, std::generic_category()); };
  std::string next = file.string() + ".XXXXXX";
  const UniqueFd fd(::mkostemp(next.data(), O_CLOEXEC));
  if (!fd) return failed();
  const unsigned flags = existing == Existing::stays ? RENAME_NOREPLACE : 0;
  if (write_all(fd.get(), text) && ::fchmod(fd.get(), mode) == 0 && ::fsync(fd.get()) == 0 &&
      ::renameat2(AT_FDCWD, next.c_str(), AT_FDCWD, file.c_str(), flags) == 0) {
    return {};
  }
  const auto error = failed();
  ::unlink(next.c_str());
  return error;
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace hotseat::files
