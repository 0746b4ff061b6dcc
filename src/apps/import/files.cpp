#include "apps/import/files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/unique_fd.h"
#include "importers/file.h"
#include "importers/virt_aid.h"

namespace hotseat::importing {

namespace {

namespace fs = std::filesystem;

// A folder with more in it is another one.
constexpr std::size_t kMostFiles = 200;

tl::unexpected<Error> failed(const std::string& path, const std::string& reason,
                             const std::string& hint = "") {
  return fail({"import", path, reason, hint});
}

tl::unexpected<Error> failed(const std::string& path, int number) {
  return failed(path, std::generic_category().message(number),
                number == EACCES ? "run it with sudo, or let your user read it" : "");
}

// The plain files of a folder that are wanted, in the order of their names.
template <typename Wanted>
Expected<std::vector<fs::path>> list(const fs::path& folder, Wanted wanted) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!wanted(at->path()) || !at->is_regular_file()) continue;
    if (found.size() == kMostFiles) {
      return failed(folder, "has more than 200 files that might be settings",
                    "is it the right folder?");
    }
    found.push_back(at->path());
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return failed(folder, error.value());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Expected<importers::File> read(const std::string& path) {
  // Non-blocking, so that nobody waits for a FIFO.
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!fd) return failed(path, errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return failed(path, errno);
  if (S_ISDIR(status.st_mode)) return failed(path, "is a directory", "name the file in it");
  if (!S_ISREG(status.st_mode)) return failed(path, "is not a regular file");
  importers::File file{path, {}};
  std::array<char, 16384> chunk{};
  while (file.text.size() <= importers::kLargestFile) {
    const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, errno);
    if (count == 0) return file;
    file.text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return failed(path, "is larger than 1 MiB", "is it the right file?");
}

Expected<std::vector<importers::File>> read_xml_beside(const importers::File& script) {
  const fs::path parent = fs::path(script.name).parent_path();
  const bool all = script.text.find("*.xml") != std::string::npos;
  const auto paths = list(parent.empty() ? "." : parent, [&](const fs::path& file) {
    return file.extension() == ".xml" &&
           (all || script.text.find(file.filename().string()) != std::string::npos);
  });
  if (!paths) return fail(paths.error());
  std::vector<importers::File> files;
  for (const fs::path& found : *paths) {
    auto file = read(found);
    if (!file) return fail(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

Expected<std::vector<importers::File>> read_virt_aid(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return failed(folder, "is no folder",
                  "name the one virt-aid is installed in, /usr/local/bin/virt-aid as a rule");
  }
  std::vector<importers::File> files;
  for (const char* part : importers::kVirtAidFolders) {
    const auto paths = list(fs::path(folder) / part, [](const fs::path& file) {
      return importers::is_virt_aid_setting(file.string());
    });
    if (!paths) return fail(paths.error());
    for (const fs::path& path : *paths) {
      auto file = read(path);
      if (!file) return fail(file.error());
      file->name = (fs::path(part) / path.filename()).string();
      files.push_back(std::move(*file));
    }
  }
  return files;
}

}  // namespace hotseat::importing
