#include "private_bus.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include "base/unique_fd.h"

namespace hotseat::test {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (fs::temp_directory_path() / "hotseat-bus-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

namespace {

fs::path write_config(const fs::path& directory, const std::string& policy) {
  fs::path file = directory / "bus.conf";
  std::ofstream(file)
      << R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>)"
      << PrivateBus::address(directory) << R"(</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    )" << policy
      << R"(
  </policy>
</busconfig>
)";
  return file;
}

[[noreturn]] void become_bus(const fs::path& config, int address_fd) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);  // also when the test crashes
  dup2(address_fd, STDOUT_FILENO);
  // It complains of limits it may not raise; that is no matter of the test's.
  dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
  const std::string option = "--config-file=" + config.string();
  execlp("dbus-daemon", "dbus-daemon", option.c_str(), "--nofork", "--nopidfile",
         "--print-address=1", nullptr);
  _exit(127);
}

}  // namespace

std::string PrivateBus::address(const fs::path& directory) {
  return "unix:path=" + (directory / "bus").string();
}

PrivateBus::PrivateBus(const fs::path& directory, const std::string& policy) {
  const fs::path config = write_config(directory, policy);
  fs::remove(directory / "bus");
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) < 0) throw std::runtime_error("pipe2");
  const UniqueFd output(ends[0]);
  UniqueFd input(ends[1]);
  process_ = fork();
  if (process_ < 0) throw std::runtime_error("fork");
  if (process_ == 0) become_bus(config, input.get());
  input.reset();
  // The address is printed once it listens.
  char byte = 0;
  if (read(output.get(), &byte, 1) != 1) throw std::runtime_error("dbus-daemon does not start");
}

PrivateBus::~PrivateBus() {
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
}

}  // namespace hotseat::test
