#include "config/trust.h"

namespace hotseat::config {

namespace {

constexpr uid_t kRoot = 0;
constexpr gid_t kRootGroup = 0;

}  // namespace

std::optional<Error> distrust(const struct stat& status, uid_t reader, const std::string& path) {
  const auto error = [&path](std::string reason, std::string hint) {
    return Error{"read the configuration", path, std::move(reason), std::move(hint)};
  };
  if (S_ISDIR(status.st_mode)) return error("is a directory", "name the file in it");
  if (!S_ISREG(status.st_mode)) return error("is not a regular file", "copy it to a plain file");
  if (status.st_uid != kRoot && status.st_uid != reader) {
    return error("belongs to user id " + std::to_string(status.st_uid) +
                     ", who could make the daemon run any program",
                 "chown root '" + path + "'");
  }
  if ((status.st_mode & S_IWOTH) != 0) {
    return error("everybody may write it", "chmod go-w '" + path + "'");
  }
  if ((status.st_mode & S_IWGRP) != 0 && status.st_gid != kRootGroup) {
    return error("group id " + std::to_string(status.st_gid) + " may write it",
                 "chmod go-w '" + path + "'");
  }
  return std::nullopt;
}

}  // namespace hotseat::config
