#include "tests/contract/commands_contract.h"

#include <chrono>
#include <cstdlib>

namespace hotseat::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CommandsContract);

Answer CommandsContract::run(const CommandSpec& command,
                             const std::map<std::string, std::string>& environment) {
  Answer answer;
  rig_->commands().run(command, environment, answer.taker());
  EXPECT_FALSE(answer.came()) << "called back from inside run()";
  EXPECT_TRUE(rig_->run_until([&] { return answer.came(); }));
  rig_->run_a_while();
  EXPECT_EQ(answer.count(), 1);
  return answer;
}

TEST_P(CommandsContract, exit_status_0_is_success) {
  const Answer answer = run(rig_->succeeding());
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
}

TEST_P(CommandsContract, another_exit_status_fails_and_names_the_program) {
  const CommandSpec command = rig_->failing();
  const Answer answer = run(command);
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(to_string(answer.error()).find(command.argv.front()), std::string::npos)
      << to_string(answer.error());
}

TEST_P(CommandsContract, a_program_that_outlives_its_timeout_fails) {
  const Answer answer = run(rig_->endless());
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(answer.error().reason.find("timed out"), std::string::npos)
      << to_string(answer.error());
}

TEST_P(CommandsContract, a_missing_program_fails_and_is_named) {
  const CommandSpec command = rig_->missing();
  const Answer answer = run(command);
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(to_string(answer.error()).find(command.argv.front()), std::string::npos)
      << to_string(answer.error());
  EXPECT_NE(answer.error().hint, "");
}

TEST_P(CommandsContract, the_environment_is_what_was_given_and_nothing_else) {
  const std::map<std::string, std::string> given = {{"HOTSEAT_FROM", "host"},
                                                    {"HOTSEAT_TO", "win 11"}};
  const Answer answer = run(rig_->reporting_environment(), given);
  ASSERT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_EQ(rig_->environment_found(), given);
}

TEST_P(CommandsContract, two_commands_run_side_by_side) {
  CommandSpec endless = rig_->endless();
  endless.timeout = std::chrono::seconds(5);  // for the quick one, on a busy machine
  Answer slow;
  Answer quick;
  rig_->commands().run(endless, {}, slow.taker());
  rig_->commands().run(rig_->succeeding(), {}, quick.taker());
  ASSERT_TRUE(rig_->run_until([&] { return quick.came(); }));
  EXPECT_TRUE(quick.ok()) << to_string(quick.error());
  EXPECT_FALSE(slow.came());
  EXPECT_TRUE(rig_->run_until([&] { return slow.came(); }));
}

}  // namespace hotseat::contract
