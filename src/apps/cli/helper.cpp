#include "apps/cli/helper.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "apps/files/whole_file.h"
#include "base/unique_fd.h"

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

struct SpawnActions {
  posix_spawn_file_actions_t actions;
  SpawnActions() { posix_spawn_file_actions_init(&actions); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
};

std::string read_output(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
  }
}

// All of it is there before the helper starts: nothing to write while its output has to be read.
UniqueFd file_with(std::string_view text) {
  UniqueFd file(memfd_create("request", MFD_CLOEXEC));
  if (!file || !files::write_all(file.get(), text)) return {};
  if (lseek(file.get(), 0, SEEK_SET) < 0) return {};
  return file;
}

}  // namespace

Result<std::string> find_helper(const std::string& name) {
  const auto failed = [&](const std::string& object, const std::string& reason,
                          const std::string& hint) {
    return fail_with(ExitStatus::failed, {"start " + name, object, reason, hint});
  };
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return failed("/proc/self/exe", error.message(), "");
  const fs::path here = self.parent_path();
  for (const fs::path& candidate : {here / HOTSEAT_LIBEXEC_FROM_BIN / name, here / name}) {
    if (access(candidate.c_str(), X_OK) == 0) return candidate.string();
  }
  return failed("", "it is not installed", "reinstall hotseat: it is a part of it");
}

Result<HelperEnd> run_helper(const std::string& program, const std::string& input,
                             const std::string& context) {
  const auto failed = [&](const std::string& reason) {
    return fail_with(ExitStatus::failed, {context, program, reason, ""});
  };
  const UniqueFd request = file_with(input);
  std::array<int, 2> ends{};
  if (!request || pipe2(ends.data(), O_CLOEXEC) < 0) return failed(std::strerror(errno));
  const UniqueFd output(ends[0]);
  UniqueFd its_output(ends[1]);
  SpawnActions spawn;
  posix_spawn_file_actions_adddup2(&spawn.actions, request.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&spawn.actions, its_output.get(), STDOUT_FILENO);
  std::string name = program;
  const std::array<char*, 2> argv{name.data(), nullptr};
  pid_t child = 0;
  const int result =
      posix_spawn(&child, program.c_str(), &spawn.actions, nullptr, argv.data(), environ);
  if (result != 0) return failed(std::strerror(result));
  its_output.reset();
  std::string text = read_output(output.get());
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    return failed("was killed by signal " + std::to_string(WTERMSIG(status)));
  }
  return HelperEnd{WEXITSTATUS(status), std::move(text)};
}

}  // namespace hotseat::cli
