#include "apps/cli/probe.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/unique_fd.h"

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kContext = "look for monitors";

tl::unexpected<Failure> failed(const std::string& object, const std::string& reason,
                               const std::string& hint = "") {
  return fail_with(ExitStatus::failed, {kContext, object, reason, hint});
}

Result<void> check_permission(const std::string& device_directory) {
  bool any = false;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(device_directory, ignored)) {
    if (entry.path().filename().string().rfind("i2c-", 0) != 0) continue;
    any = true;
    if (access(entry.path().c_str(), R_OK | W_OK) == 0) return {};
  }
  if (!any) {
    return failed(device_directory + "/i2c-*", "there are no such devices",
                  "load the kernel module: sudo modprobe i2c-dev");
  }
  return fail_with(ExitStatus::refused,
                   {kContext, device_directory + "/i2c-*", "permission denied",
                    "run with sudo, or join group i2c: sudo adduser $USER i2c, then log in again"});
}

struct SpawnActions {
  posix_spawn_file_actions_t actions;
  SpawnActions() { posix_spawn_file_actions_init(&actions); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
};

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
  }
}

}  // namespace

Result<std::string> find_probe() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return failed("/proc/self/exe", error.message());
  const fs::path here = self.parent_path();
  for (const fs::path& candidate :
       {here / HOTSEAT_LIBEXEC_FROM_BIN / "hotseat-probe", here / "hotseat-probe"}) {
    if (access(candidate.c_str(), X_OK) == 0) return candidate.string();
  }
  return failed("hotseat-probe", "is not installed", "reinstall hotseat: it is a part of it");
}

Result<std::string> run_probe(const std::string& program, const std::string& device_directory) {
  if (auto permitted = check_permission(device_directory); !permitted) {
    return tl::make_unexpected(permitted.error());
  }
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) < 0) return failed(program, std::strerror(errno));
  const UniqueFd output(ends[0]);
  UniqueFd input(ends[1]);
  SpawnActions spawn;
  posix_spawn_file_actions_adddup2(&spawn.actions, input.get(), STDOUT_FILENO);
  std::string name = program;
  const std::array<char*, 2> argv{name.data(), nullptr};
  pid_t child = 0;
  const int result =
      posix_spawn(&child, program.c_str(), &spawn.actions, nullptr, argv.data(), environ);
  if (result != 0) return failed(program, std::strerror(result));
  input.reset();
  std::string text = read_all(output.get());
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
  return failed(program, WIFSIGNALED(status)
                             ? "was killed by signal " + std::to_string(WTERMSIG(status))
                             : "ended with status " + std::to_string(WEXITSTATUS(status)));
}

}  // namespace hotseat::cli
