#include "apps/guest/backups.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <vector>

#include "apps/files/whole_file.h"
#include "base/unique_fd.h"
#include "domain_xml/canonical.h"

namespace hotseat::guest {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBefore = "before.xml";
constexpr const char* kAfter = "after.xml";
constexpr const char* kReplaced = "replaced.xml";
constexpr const char* kUndone = ".undone";

tl::unexpected<Failure> failed(const std::string& context, const fs::path& file, int error) {
  const bool denied = error == EACCES || error == EPERM || error == EROFS;
  return fail_with(
      denied ? Status::refused : Status::failed,
      {context, file.string(), std::strerror(error), denied ? "run it with sudo" : ""});
}

// Sorts by time: "20261121T143201.000123Z".
std::string timestamp(std::chrono::system_clock::time_point now) {
  const auto since_epoch = now.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(since_epoch - seconds);
  const std::time_t whole = seconds.count();
  std::tm utc{};
  gmtime_r(&whole, &utc);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y%m%dT%H%M%S", &utc);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s.%06dZ", date.data(),
                static_cast<int>(micros.count()));
  return text.data();
}

bool sync_directory(const fs::path& directory) {
  const UniqueFd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd && ::fsync(fd.get()) == 0;
}

Result<void> write_file(const fs::path& file, const std::string& text) {
  constexpr const char* kWriting = "write the backup";
  const auto error = files::write_whole(file, text, 0600, files::Existing::is_replaced);
  if (error) return failed(kWriting, file, error.value());
  if (!sync_directory(file.parent_path())) return failed(kWriting, file, errno);
  return {};
}

std::optional<std::string> read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

Result<std::string> Backups::begin(const std::string& uuid, const std::string& before,
                                   std::chrono::system_clock::time_point now) const {
  std::error_code error;
  fs::create_directories(directory_.parent_path(), error);
  if (!error && ::mkdir(directory_.c_str(), 0700) < 0 && errno != EEXIST) {
    return failed("make a place for backups", directory_, errno);
  }
  if (error) return failed("make a place for backups", directory_.parent_path(), error.value());
  const std::string name = uuid + "_" + timestamp(now);
  if (::mkdir(path(name).c_str(), 0700) < 0) return failed("make a backup", path(name), errno);
  sync_directory(directory_);
  if (auto written = write_file(directory_ / name / kBefore, before); !written) {
    return tl::make_unexpected(written.error());
  }
  return name;
}

Result<void> Backups::complete(const std::string& name, const std::string& after) const {
  return write_file(directory_ / name / kAfter, after);
}

void Backups::discard(const std::string& name) const {
  std::error_code ignored;
  fs::remove_all(directory_ / name, ignored);
}

Result<std::optional<Backups::Backup>> Backups::latest(const std::string& uuid,
                                                       const std::string& now_xml) const {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(directory_, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(uuid + "_") && !name.ends_with(kUndone)) names.push_back(name);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return failed("look for backups", directory_, error.value());
  }
  std::sort(names.rbegin(), names.rend());
  const std::string now = domain_xml::canonical(now_xml);
  for (const std::string& name : names) {
    auto before = read_file(directory_ / name / kBefore);
    if (!before || domain_xml::canonical(*before) == now) continue;
    return Backup{name, std::move(*before), read_file(directory_ / name / kAfter)};
  }
  return std::nullopt;
}

Result<void> Backups::keep_replaced(const std::string& name, const std::string& xml) const {
  return write_file(directory_ / name / kReplaced, xml);
}

Result<std::string> Backups::retire(const std::string& name) const {
  std::error_code error;
  fs::rename(path(name), path(name + kUndone), error);
  if (error) return failed("mark the backup as undone", path(name), error.value());
  return path(name + kUndone);
}

}  // namespace hotseat::guest
