#include "sim/commands.h"

#include <utility>

namespace hotseat::sim {

void SimCommands::run(const CommandSpec& command,
                      const std::map<std::string, std::string>& environment, ports::Done done) {
  const std::string& path = command.argv.front();
  const auto behaviour = workstation_.programs().behaviour_of(path);
  const auto took = workstation_.pace().draw(workstation_.pace().timing().program);
  auto later = [&](ports::Duration delay, Expected<void> result) {
    agenda_.in(delay, [done = std::move(done), result = std::move(result)] { done(result); });
  };
  if (behaviour == Programs::Behaviour::missing) {
    return later({}, fail({"run " + path, path, "no such file", "check the path in the config"}));
  }
  workstation_.programs().record({command.argv, environment});
  switch (behaviour) {
    case Programs::Behaviour::succeeds:
      return later(took, {});
    case Programs::Behaviour::fails:
      return later(took, fail({"run " + path, path, "exited with status 1", "run it by hand"}));
    default:
      return later(command.timeout,
                   fail({"run " + path, path, "timed out", "raise its timeout or fix it"}));
  }
}

}  // namespace hotseat::sim
