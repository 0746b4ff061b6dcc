#include "tests/integration/libvirt/private_libvirtd.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace hotseat::adapters {
namespace {

constexpr uid_t kNobody = 65534;

std::string program() {
  const char* other = std::getenv("LIBVIRTD");
  return other != nullptr ? other : "/usr/sbin/libvirtd";
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// As root it would take itself for the machine's own.
void become_nobody() {
  if (::geteuid() != 0) return;
  if (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) {
    ::_exit(127);
  }
}

}  // namespace

bool PrivateLibvirtd::is_available() {
  return ::access(program().c_str(), X_OK) == 0;
}

PrivateLibvirtd::PrivateLibvirtd() {
  std::string name = std::filesystem::temp_directory_path() / "hotseat-libvirtd-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) fail("mkdtemp");
  directory_ = name;
  if (::geteuid() == 0 && ::chown(name.c_str(), kNobody, kNobody) != 0) fail("chown");
  run();
}

PrivateLibvirtd::~PrivateLibvirtd() {
  kill();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::string PrivateLibvirtd::uri() const {
  return "test+unix:///default?socket=" + directory_ + "/libvirt/libvirt-sock";
}

void PrivateLibvirtd::run() {
  const auto path = program();
  const std::string home = "HOME=" + directory_;
  const std::string runtime = "XDG_RUNTIME_DIR=" + directory_;
  const std::string drivers = "LIBVIRT_DRIVER_DIR=" + directory_;  // none of the machine's
  const std::array argv{path.c_str(), static_cast<const char*>(nullptr)};
  const std::array environment{home.c_str(), runtime.c_str(), drivers.c_str(),
                               static_cast<const char*>(nullptr)};
  pid_ = ::fork();
  if (pid_ < 0) fail("fork");
  if (pid_ > 0) return;
  become_nobody();
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, STDOUT_FILENO);
  ::dup2(null, STDERR_FILENO);
  ::execve(path.c_str(), const_cast<char* const*>(argv.data()),
           const_cast<char* const*>(environment.data()));
  ::_exit(127);
}

void PrivateLibvirtd::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void PrivateLibvirtd::freeze() const {
  ::kill(pid_, SIGSTOP);
}

}  // namespace hotseat::adapters
