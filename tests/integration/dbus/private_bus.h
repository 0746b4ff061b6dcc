// A message bus of the test's own: a dbus-daemon that ends with the test.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace hotseat::test {

// A directory that goes with it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class PrivateBus {
 public:
  // Listens in `directory`, always at the same place. `policy` is added to one that allows all:
  // elements like <deny …/>. Returns when the bus can be connected to.
  explicit PrivateBus(const std::filesystem::path& directory, const std::string& policy = "");
  ~PrivateBus();
  PrivateBus(const PrivateBus&) = delete;
  PrivateBus& operator=(const PrivateBus&) = delete;

  static std::string address(const std::filesystem::path& directory);

 private:
  pid_t process_;
};

}  // namespace hotseat::test
