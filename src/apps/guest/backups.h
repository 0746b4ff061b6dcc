// What domains were before we changed them, kept in files.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "apps/guest/result.h"

namespace hotseat::guest {

// A directory for each change, UUID_TIME (a domain's name may be anything), which only its owner
// may read: definitions hold passwords. In it
//   before.xml    the definition before the change, for virsh define
//   after.xml     and after it, as libvirt held it then
//   replaced.xml  what undoing has replaced, if that was something else
// What has been undone is called UUID_TIME.undone.
class Backups {
 public:
  explicit Backups(std::filesystem::path directory) : directory_(std::move(directory)) {}

  struct Backup {
    std::string name;
    std::string before;
    std::optional<std::string> after;  // nothing: the change was broken off, or its end was
    bool operator==(const Backup&) const = default;
  };

  // In this order around a change; the name is for the calls that follow. What is written is on
  // disk when they return.
  Result<std::string> begin(const std::string& uuid, const std::string& before,
                            std::chrono::system_clock::time_point now) const;
  Result<void> complete(const std::string& name, const std::string& after) const;
  void discard(const std::string& name) const;

  // The latest change of this domain that is not undone and that undoing would make a difference
  // to.
  Result<std::optional<Backup>> latest(const std::string& uuid, const std::string& now_xml) const;
  // Around undoing: keeps what it will replace; the path where all of it is found from then on.
  Result<void> keep_replaced(const std::string& name, const std::string& xml) const;
  Result<std::string> retire(const std::string& name) const;

  std::string path(const std::string& name) const { return (directory_ / name).string(); }

 private:
  std::filesystem::path directory_;
};

}  // namespace hotseat::guest
