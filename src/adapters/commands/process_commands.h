// The user's own programs, as processes.
#pragma once

#include <systemd/sd-event.h>

#include <list>
#include <map>
#include <memory>
#include <string>

#include "adapters/commands/running_command.h"
#include "ports/clock.h"
#include "ports/commands.h"

namespace hotseat::adapters {

// Loop thread only. Event and clock outlive it. What still runs when it is destroyed is killed.
class ProcessCommands : public ports::Commands {
 public:
  // `log` gets what the commands print, a line each, behind the program's name: "notify: hello".
  ProcessCommands(sd_event* event, ports::Clock& clock, RunningCommand::Log log);

  // A program that forks into the background is done when the program itself ends; at a timeout its
  // whole process group is ended.
  void run(const CommandSpec& command, const std::map<std::string, std::string>& environment,
           ports::Done done) override;

 private:
  void answer_soon(Error error, ports::Done done);

  sd_event* event_;
  ports::Clock& clock_;
  RunningCommand::Log log_;
  std::list<std::unique_ptr<RunningCommand>> running_;
  std::list<std::unique_ptr<ports::Timer>> answers_;
};

}  // namespace hotseat::adapters
