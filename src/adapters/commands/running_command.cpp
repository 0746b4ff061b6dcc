#include "adapters/commands/running_command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/printable.h"

namespace hotseat::adapters {

namespace {

constexpr Milliseconds kGrace{1000};  // from SIGTERM to SIGKILL
// At the end of a program its pipe is emptied: the most a pipe holds (pipe(7)), and not more, or
// what it left in the background could keep us here.
constexpr std::size_t kPipeCapacity = 65536;
constexpr std::size_t kReadSize = 4096;

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

std::string in_words(Milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

std::function<void(const std::string&)> prefixed(const std::string& program,
                                                 const RunningCommand::Log& log) {
  const std::string name = printable(program.substr(program.rfind('/') + 1));
  return [name, log](const std::string& line) { log(name + ": " + line); };
}

}  // namespace

RunningCommand::Output::Output(RunningCommand& owner, UniqueFd pipe,
                               std::function<void(const std::string&)> sink)
    : command(owner), lines(std::move(sink)), fd(std::move(pipe)) {}

RunningCommand::RunningCommand(sd_event* event, ports::Clock& clock, const CommandSpec& command,
                               Process process, const Log& log, ports::Done done,
                               std::function<void()> closed)
    : command_(command),
      clock_(clock),
      pid_(process.pid),
      handle_(std::move(process.handle)),
      out_(*this, std::move(process.out), prefixed(command.argv.front(), log)),
      err_(*this, std::move(process.err), prefixed(command.argv.front(), log)),
      done_(std::move(done)),
      closed_(std::move(closed)) {
  watch(event, out_);
  watch(event, err_);
  watch_end(event);
  limit_ = clock_.after(command_.timeout, [this] { on_timeout(); });
}

RunningCommand::~RunningCommand() {
  if (ended_) return;
  kill_group(SIGKILL);
  siginfo_t end{};
  waitid(P_PIDFD, static_cast<id_t>(handle_.get()), &end, WEXITED);
}

void RunningCommand::watch(sd_event* event, Output& output) {
  auto on_readable = [](sd_event_source*, int, uint32_t, void* data) {
    auto& readable = *static_cast<Output*>(data);
    readable.command.on_output(readable);
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_io(event, &source, output.fd.get(), EPOLLIN, on_readable, &output),
        "sd_event_add_io");
  output.source.reset(source);
}

// By its pidfd: sd_event_add_child() wants SIGCHLD blocked in every thread.
void RunningCommand::watch_end(sd_event* event) {
  auto on_exit = [](sd_event_source*, int, uint32_t, void* self) {
    static_cast<RunningCommand*>(self)->on_end();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_io(event, &source, handle_.get(), EPOLLIN, on_exit, this), "sd_event_add_io");
  end_.reset(source);
}

// False when there is nothing more to read, for now or for ever.
bool RunningCommand::read_some(Output& output) {
  std::array<char, kReadSize> bytes{};
  const ssize_t size = read(output.fd.get(), bytes.data(), bytes.size());
  if (size > 0) {
    output.lines.add({bytes.data(), static_cast<std::size_t>(size)});
    return true;
  }
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  output.lines.end();
  output.source.reset();
  output.fd.reset();
  return false;
}

void RunningCommand::read_all(Output& output) {
  std::size_t reads = 0;
  while (output.fd && reads < kPipeCapacity / kReadSize && read_some(output)) ++reads;
}

void RunningCommand::on_output(Output& output) {
  read_some(output);
  if (!is_closed()) return;
  auto closed = std::move(closed_);
  closed();
}

void RunningCommand::on_timeout() {
  timed_out_ = true;
  kill_group(SIGTERM);
  limit_ = clock_.after(kGrace, [this] { kill_group(SIGKILL); });
}

void RunningCommand::on_end() {
  read_all(out_);
  read_all(err_);
  // What it started and did not take along: while it is not reaped the group's number is its own.
  if (timed_out_) kill_group(SIGKILL);
  siginfo_t end{};
  if (waitid(P_PIDFD, static_cast<id_t>(handle_.get()), &end, WEXITED | WNOHANG) < 0 ||
      end.si_pid == 0) {
    return;
  }
  ended_ = true;
  end_.reset();
  limit_.reset();
  auto result = outcome(end.si_code, end.si_status);
  auto done = std::move(done_);
  if (is_closed()) {
    auto closed = std::move(closed_);
    closed();  // this has gone
  }
  done(std::move(result));
}

void RunningCommand::kill_group(int signal) const {
  kill(-pid_, signal);
}

Expected<void> RunningCommand::outcome(int code, int status) const {
  Error error{"run the command", command_.argv.front(), "", ""};
  if (timed_out_) {
    error.reason = "timed out after " + in_words(command_.timeout);
    error.hint = "raise its timeout in the configuration if it needs longer";
    return fail(error);
  }
  if (code == CLD_EXITED && status == 0) return {};
  if (code == CLD_EXITED) {
    error.reason = "it exited with status " + std::to_string(status);
  } else {
    const char* name = sigabbrev_np(status);
    error.reason = "it was killed by " + (name != nullptr ? "SIG" + std::string(name)
                                                          : "signal " + std::to_string(status));
  }
  if (!err_.lines.last().empty()) error.reason += ": " + err_.lines.last();
  return fail(error);
}

}  // namespace hotseat::adapters
