#include "adapters/commands/process_commands.h"

#include <utility>

namespace hotseat::adapters {

ProcessCommands::ProcessCommands(sd_event* event, ports::Clock& clock, RunningCommand::Log log)
    : event_(event), clock_(clock), log_(std::move(log)) {}

void ProcessCommands::run(const CommandSpec& command,
                          const std::map<std::string, std::string>& environment, ports::Done done) {
  auto process = start_process(command.argv, environment);
  if (!process) {
    answer_soon(process.error(), std::move(done));
    return;
  }
  const auto place = running_.emplace(running_.end());
  *place =
      std::make_unique<RunningCommand>(event_, clock_, command, std::move(*process), log_,
                                       std::move(done), [this, place] { running_.erase(place); });
}

// Never from inside the call (ports/completion.h).
void ProcessCommands::answer_soon(Error error, ports::Done done) {
  const auto place = answers_.emplace(answers_.end());
  *place = clock_.after({}, [this, place, error = std::move(error), done = std::move(done)] {
    answers_.erase(place);
    done(fail(error));
  });
}

}  // namespace hotseat::adapters
