#include "program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace hotseat::test {

namespace {

struct Pipe {
  UniqueFd output;
  UniqueFd input;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) < 0) throw std::runtime_error("pipe2");
    output.reset(ends[0]);
    input.reset(ends[1]);
    fcntl(output.get(), F_SETFL, O_NONBLOCK);
  }
};

}  // namespace

Program::Program(sd_event* event, const std::string& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  Pipe out;
  Pipe err;
  process_ = fork();
  if (process_ < 0) throw std::runtime_error("fork");
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out.input.get(), STDOUT_FILENO);
    dup2(err.input.get(), STDERR_FILENO);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  collect(event, output_[0], std::move(out.output));
  collect(event, output_[1], std::move(err.output));
}

void Program::collect(sd_event* event, Output& output, UniqueFd fd) {
  output.fd = std::move(fd);
  if (sd_event_add_io(event, &output.source, output.fd.get(), EPOLLIN, &Program::on_output,
                      &output) < 0) {
    throw std::runtime_error("sd_event_add_io");
  }
}

int Program::on_output(sd_event_source*, int fd, std::uint32_t, void* its_output) {
  auto& output = *static_cast<Output*>(its_output);
  std::array<char, 4096> buffer{};
  const ssize_t got = read(fd, buffer.data(), buffer.size());
  if (got > 0) {
    output.text.append(buffer.data(), static_cast<std::size_t>(got));
  } else if (got == 0) {
    output.source = sd_event_source_disable_unref(output.source);
    output.fd.reset();
  }
  return 0;
}

int Program::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Program::interrupt() const {
  kill(process_, SIGINT);
}

void Program::terminate() const {
  kill(process_, SIGTERM);
}

Program::~Program() {
  for (Output& output : output_) sd_event_source_disable_unref(output.source);
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

}  // namespace hotseat::test
