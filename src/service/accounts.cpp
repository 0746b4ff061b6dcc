#include "service/accounts.h"

#include <grp.h>
#include <pwd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace hotseat::service {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string user_name(uid_t uid) {
  const std::unique_ptr<std::FILE, CloseFile> accounts(std::fopen("/etc/passwd", "re"));
  while (accounts) {
    // Loop thread only; the entry is copied before the next call.
    const passwd* entry = fgetpwent(accounts.get());  // NOLINT(concurrency-mt-unsafe)
    if (entry == nullptr) break;
    if (entry->pw_uid == uid) return entry->pw_name;
  }
  return "uid " + std::to_string(uid);
}

std::vector<std::string> group_names(const std::vector<std::uint32_t>& gids) {
  std::vector<std::string> names;
  const std::unique_ptr<std::FILE, CloseFile> groups(std::fopen("/etc/group", "re"));
  while (groups) {
    const group* entry = fgetgrent(groups.get());  // NOLINT(concurrency-mt-unsafe)
    if (entry == nullptr) break;
    if (std::find(gids.begin(), gids.end(), entry->gr_gid) != gids.end()) {
      names.emplace_back(entry->gr_name);
    }
  }
  return names;
}

}  // namespace hotseat::service
