#include "apps/cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <utility>
#include <vector>

#include "apps/cli/commands/devices.h"
#include "apps/cli/commands/guest_prepare.h"
#include "apps/cli/commands/import.h"
#include "apps/cli/commands/next.h"
#include "apps/cli/commands/status.h"
#include "apps/cli/commands/switch.h"
#include "apps/cli/commands/watch.h"

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;

class CommandLineTest : public ::testing::Test {
 protected:
  tl::expected<CommandLine, ExitStatus> parse(std::vector<const char*> words) {
    words.insert(words.begin(), "hotseat");
    return parse_command_line(static_cast<int>(words.size()), words.data(), out_, err_);
  }
  template <typename Wanted>
  bool is(const std::vector<const char*>& words) {
    auto line = parse(words);
    return line && dynamic_cast<Wanted*>(line->command.get()) != nullptr;
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CommandLineTest, MakesTheCommandThatWasNamed) {
  EXPECT_TRUE(is<StatusCommand>({"status"}));
  EXPECT_TRUE(is<NextCommand>({"next"}));
  EXPECT_TRUE(is<DevicesCommand>({"devices"}));
  EXPECT_TRUE(is<WatchCommand>({"watch"}));
  EXPECT_TRUE(is<SwitchCommand>({"switch", "win11"}));
  EXPECT_TRUE(is<SwitchCommand>({"switch", "--dry-run", "win11"}));
  EXPECT_TRUE(is<GuestPrepareCommand>({"guest", "prepare", "win11", "--yes"}));
  EXPECT_TRUE(is<GuestPrepareCommand>({"guest", "prepare", "win11", "--undo", "--force"}));
  EXPECT_TRUE(is<ImportCommand>({"import", "virtkvm", "config.yaml"}));
  EXPECT_TRUE(is<ImportCommand>(
      {"import", "--domain", "a.xml", "vfio-kvm", "v.yaml", "--domain", "b.xml"}));
}

TEST_F(CommandLineTest, TakesGlobalOptionsOnEitherSideOfTheCommand) {
  const auto before = parse({"--json", "--session-bus", "status"});
  ASSERT_TRUE(before);
  EXPECT_TRUE(before->settings.json);
  EXPECT_TRUE(before->settings.session_bus);
  EXPECT_FALSE(before->settings.no_colour);
  const auto after = parse({"switch", "win11", "--json", "--no-color"});
  ASSERT_TRUE(after);
  EXPECT_TRUE(after->settings.json);
  EXPECT_TRUE(after->settings.no_colour);
}

TEST_F(CommandLineTest, EndsWithTwoOnEveryMisuse) {
  const std::vector<std::vector<const char*>> misuses{
      {},
      {"frobnicate"},
      {"switch"},
      {"switch", "a", "b"},
      {"config"},
      {"status", "--frob"},
      {"guest"},
      {"guest", "prepare"},
      {"guest", "prepare", "win11", "--force"},
      {"guest", "prepare", "win11", "--undo", "--optional"},
      {"import", "virtkvm"},
      {"import", "synergy", "config"}};
  for (const auto& misuse : misuses) {
    const auto line = parse(misuse);
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error(), ExitStatus::usage);
  }
}

TEST_F(CommandLineTest, NamesTheWordItDoesNotKnow) {
  EXPECT_FALSE(parse({"frobnicate"}));
  EXPECT_THAT(err_.str(), HasSubstr("\"frobnicate\""));
  EXPECT_THAT(err_.str(), HasSubstr("--help"));
}

TEST_F(CommandLineTest, PointsAtTheHelpOfTheCommandThatWasMisused) {
  const std::vector<std::pair<std::vector<const char*>, const char*>> misuses{
      {{"frobnicate"}, "\n  hotseat --help shows how\n"},
      {{"import"}, "\n  hotseat import --help shows how\n"},
      {{"status", "--frob"}, "\n  hotseat status --help shows how\n"},
      {{"guest"}, "\n  hotseat guest --help shows how\n"},
      {{"--json", "web", "unpair"}, "\n  hotseat web unpair --help shows how\n"},
      {{"setup", "ssh"}, "\n  hotseat setup ssh --help shows how\n"}};
  for (const auto& [words, hint] : misuses) {
    err_.str("");
    EXPECT_FALSE(parse(words));
    EXPECT_THAT(err_.str(), HasSubstr(hint));
  }
}

TEST_F(CommandLineTest, HelpTeachesExamplesAndExitStatuses) {
  const auto line = parse({"--help"});
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error(), ExitStatus::done);
  EXPECT_THAT(out_.str(), HasSubstr("hotseat switch win11 --dry-run"));
  EXPECT_THAT(out_.str(), HasSubstr("3 hotseatd is not reachable"));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(CommandLineTest, EveryCommandExplainsWhatItDoes) {
  for (const char* command : {"switch", "next", "release", "status", "devices", "monitors",
                              "guests", "watch", "reload", "version"}) {
    out_.str("");
    const auto line = parse({command, "--help"});
    ASSERT_FALSE(line) << command;
    EXPECT_EQ(line.error(), ExitStatus::done) << command;
    EXPECT_THAT(out_.str(), HasSubstr(std::string("hotseat ") + command)) << command;
  }
}

TEST_F(CommandLineTest, PreparingAGuestExplainsWhatItDoes) {
  ASSERT_FALSE(parse({"guest", "prepare", "--help"}));
  EXPECT_THAT(out_.str(), HasSubstr("--undo"));
  EXPECT_THAT(out_.str(), HasSubstr("/var/lib/hotseat/backups"));
}

}  // namespace
}  // namespace hotseat::cli
