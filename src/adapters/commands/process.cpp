#include "adapters/commands/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace hotseat::adapters {

namespace {

std::string message(int error) {
  return std::generic_category().message(error);
}

Error cannot_start(const std::string& program, std::string reason, std::string hint) {
  return {"start the command", program, std::move(reason), std::move(hint)};
}

Error explain(const std::string& program, int error) {
  if (error == ENOENT && access(program.c_str(), F_OK) == 0) {
    return cannot_start(program, "the interpreter its first line names does not exist",
                        "correct the #! line of the script");
  }
  if (error == ENOENT || error == ENOTDIR) {
    return cannot_start(program, "there is no such file", "correct the path in the configuration");
  }
  if (error == EACCES) {
    return cannot_start(program, "the file may not be executed",
                        "make it executable: chmod +x " + program);
  }
  if (error == ENOEXEC) {
    return cannot_start(program, "it is neither a program nor a script",
                        "a script begins with a line like #!/bin/sh");
  }
  return cannot_start(program, message(error), "");
}

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Expected<Pipe> new_pipe(const std::string& program) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) < 0) return fail(cannot_start(program, message(errno), ""));
  Pipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
  // Only this end: the program expects a pipe that blocks.
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
    return fail(cannot_start(program, message(errno), ""));
  }
  return pipe;
}

// posix_spawn's two argument objects. Their functions fail for lack of memory only.
class SpawnSetup {
 public:
  SpawnSetup(int out, int err) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, err, STDERR_FILENO);
    // Ours are all close-on-exec; a library's may not be.
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSetup() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&files_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (auto& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

Expected<pid_t> spawn(std::vector<std::string> argv,
                      const std::map<std::string, std::string>& environment, int out, int err) {
  std::vector<std::string> variables;
  variables.reserve(environment.size());
  for (const auto& [name, value] : environment) {
    variables.emplace_back(name).append("=").append(value);
  }
  const SpawnSetup setup(out, err);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv.front().c_str(), setup.files(), setup.attributes(),
                                pointers_to(argv).data(), pointers_to(variables).data());
  if (error != 0) return fail(explain(argv.front(), error));
  return pid;
}

}  // namespace

Expected<Process> start_process(const std::vector<std::string>& argv,
                                const std::map<std::string, std::string>& environment) {
  if (argv.empty() || !argv.front().starts_with('/')) {
    return fail(cannot_start(argv.empty() ? "" : argv.front(), "it is not an absolute path",
                             "name the program by its full path in the configuration"));
  }
  auto out = new_pipe(argv.front());
  if (!out) return fail(out.error());
  auto err = new_pipe(argv.front());
  if (!err) return fail(err.error());
  auto pid = spawn(argv, environment, out->write.get(), err->write.get());
  if (!pid) return fail(pid.error());
  // glibc 2.36 declares pidfd_open() without C linkage.
  UniqueFd handle(static_cast<int>(syscall(SYS_pidfd_open, *pid, 0)));
  if (!handle) {
    const int error = errno;
    kill(-*pid, SIGKILL);
    waitpid(*pid, nullptr, 0);
    return fail(cannot_start(argv.front(), message(error), ""));
  }
  return Process{*pid, std::move(handle), std::move(out->read), std::move(err->read)};
}

}  // namespace hotseat::adapters
