// The contract of commands over real processes; needs no lab.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/commands/process_commands.h"
#include "tests/contract/commands_contract.h"
#include "tests/contract/loop_rig.h"

namespace hotseat::contract {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ProcessCommandsRig : public LoopRig<CommandsRig> {
 public:
  ProcessCommandsRig() : LoopRig(seconds(60), milliseconds(50)) {}
  ~ProcessCommandsRig() override { std::filesystem::remove(environment_); }

  ports::Commands& commands() override { return commands_; }

  CommandSpec succeeding() override { return command({"/bin/true"}); }
  CommandSpec failing() override { return command({"/bin/false"}); }
  CommandSpec endless() override {
    CommandSpec spec = command({"/bin/sleep", "1000"});
    spec.timeout = milliseconds(500);
    return spec;
  }
  CommandSpec missing() override { return command({"/nonexistent/program"}); }
  CommandSpec reporting_environment() override {
    return command({"/bin/cp", "/proc/self/environ", environment_.string()});
  }

  std::map<std::string, std::string> environment_found() override {
    std::map<std::string, std::string> found;
    std::ifstream file(environment_);
    for (std::string entry; std::getline(file, entry, '\0');) {
      const std::size_t equals = entry.find('=');
      found[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    return found;
  }

 private:
  static CommandSpec command(std::vector<std::string> argv) {
    CommandSpec spec;
    spec.argv = std::move(argv);
    spec.timeout = seconds(30);
    return spec;
  }

  std::filesystem::path environment_ =
      std::filesystem::path(testing::TempDir()) / ("environment." + std::to_string(getpid()));
  adapters::ProcessCommands commands_{loop_.native(), loop_, [](const std::string&) {}};
};

const RigMaker<CommandsRig> kProcesses{"processes",
                                       [] { return std::make_unique<ProcessCommandsRig>(); }};

INSTANTIATE_TEST_SUITE_P(real, CommandsContract, testing::Values(kProcesses),
                         [](const auto& test) { return test.param.name; });

}  // namespace

}  // namespace hotseat::contract
