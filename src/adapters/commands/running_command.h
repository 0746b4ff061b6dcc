// One command from its start to the end of its output.
#pragma once

#include <systemd/sd-event.h>

#include <functional>
#include <memory>
#include <string>

#include "adapters/commands/output_lines.h"
#include "adapters/commands/process.h"
#include "base/unique_fd.h"
#include "domain/seat.h"
#include "ports/clock.h"
#include "ports/completion.h"

namespace hotseat::adapters {

// Loop thread only. Destroyed while the program runs, it kills the program's group and reaps it.
class RunningCommand {
 public:
  using Log = std::function<void(const std::string& line)>;

  // `done` is called when the program has ended, `closed` when it has and nobody holds its output
  // open any more: what it left in the background still has its output logged until then. Both may
  // destroy this; `closed` comes first when both are due. `log` may not.
  RunningCommand(sd_event* event, ports::Clock& clock, const CommandSpec& command, Process process,
                 const Log& log, ports::Done done, std::function<void()> closed);
  ~RunningCommand();
  RunningCommand(const RunningCommand&) = delete;
  RunningCommand& operator=(const RunningCommand&) = delete;

 private:
  struct Unref {
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };
  using Source = std::unique_ptr<sd_event_source, Unref>;

  // One of the two pipes. Open for as long as `fd` is.
  struct Output {
    Output(RunningCommand& owner, UniqueFd pipe, std::function<void(const std::string&)> sink);
    RunningCommand& command;
    OutputLines lines;
    UniqueFd fd;
    Source source;
  };

  void watch(sd_event* event, Output& output);
  void watch_end(sd_event* event);
  static bool read_some(Output& output);
  static void read_all(Output& output);
  void on_output(Output& output);
  void on_timeout();
  void on_end();
  void kill_group(int signal) const;
  Expected<void> outcome(int code, int status) const;
  bool is_closed() const { return ended_ && !out_.fd && !err_.fd; }

  const CommandSpec command_;
  ports::Clock& clock_;
  pid_t pid_;
  UniqueFd handle_;
  Output out_;
  Output err_;
  ports::Done done_;
  std::function<void()> closed_;
  bool timed_out_ = false;
  bool ended_ = false;
  std::unique_ptr<ports::Timer> limit_;
  Source end_;
};

}  // namespace hotseat::adapters
