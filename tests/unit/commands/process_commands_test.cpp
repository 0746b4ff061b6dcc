#include "adapters/commands/process_commands.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "adapters/loop/loop.h"

namespace hotseat::adapters {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

constexpr milliseconds kLong = hours(1);

struct ProcessCommandsTest : testing::Test {
  ProcessCommandsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hotseat-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~ProcessCommandsTest() override { std::filesystem::remove_all(directory_); }

  Expected<void> run(const CommandSpec& command,
                     const std::map<std::string, std::string>& environment = {}) {
    Expected<void> answer;
    bool called = false;
    commands_->run(command, environment, [&](Expected<void> result) {
      answer = std::move(result);
      called = true;
    });
    EXPECT_FALSE(called) << "answered from inside the call";
    loop_.turn_until([&] { return called; });
    return answer;
  }
  Expected<void> shell(const std::string& script, milliseconds timeout = kLong) {
    return run({{"/bin/sh", "-c", script}, timeout});
  }
  std::string path(const std::string& name) const { return directory_ / name; }

  // A loop that can be run a while, again and again.
  struct Turns : Loop {
    template <typename Condition>
    void turn_until(Condition met) {
      while (!met()) ASSERT_GE(sd_event_run(native(), UINT64_MAX), 0);
    }
  };

  Turns loop_;
  std::vector<std::string> log_;
  std::unique_ptr<ProcessCommands> commands_ = std::make_unique<ProcessCommands>(
      loop_.native(), loop_, [this](const std::string& line) { log_.push_back(line); });
  std::filesystem::path directory_;
};

TEST_F(ProcessCommandsTest, SucceedsWhenTheProgramDoes) {
  EXPECT_TRUE(run({{"/bin/true"}, kLong}));
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(ProcessCommandsTest, ReportsTheExitStatus) {
  const auto answer = run({{"/bin/false"}, kLong});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().object, "/bin/false");
  EXPECT_EQ(answer.error().reason, "it exited with status 1");
}

TEST_F(ProcessCommandsTest, GivesTheLastLineOfStandardErrorAsTheReason) {
  const auto answer = shell("echo first >&2; echo no such monitor >&2; echo output; exit 3");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "it exited with status 3: no such monitor");
}

TEST_F(ProcessCommandsTest, ReportsTheSignalThatKilledIt) {
  const auto answer = shell("kill -SEGV $$");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "it was killed by SIGSEGV");
}

TEST_F(ProcessCommandsTest, PassesArgumentsUntouchedByAnyShell) {
  run({{"/bin/echo", "$HOME", "a b", "*", "'"}, kLong});
  EXPECT_THAT(log_, ElementsAre("echo: $HOME a b * '"));
}

TEST_F(ProcessCommandsTest, GivesExactlyTheEnvironmentAskedFor) {
  run({{"/usr/bin/env"}, kLong}, {{"HOTSEAT_TO", "win11"}, {"LANG", "C"}});
  EXPECT_THAT(log_, ElementsAre("env: HOTSEAT_TO=win11", "env: LANG=C"));
}

TEST_F(ProcessCommandsTest, LetsTheProgramReadNothing) {
  EXPECT_TRUE(shell("cat"));
}

TEST_F(ProcessCommandsTest, EscapesWhatIsPrinted) {
  shell(R"(printf '\033[2Jgone\r\n\377\n')");
  EXPECT_THAT(log_, ElementsAre("sh: \\x1b[2Jgone", "sh: \\xff"));
}

TEST_F(ProcessCommandsTest, StartsItWithNoSignalBlockedOrIgnored) {
  sigset_t set;
  sigset_t before;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGCHLD);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &set, &before), 0);
  auto old_handler = std::signal(SIGPIPE, SIG_IGN);
  run({{"/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"}, kLong});
  std::signal(SIGPIPE, old_handler);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  // Of 64; glibc keeps signals 32 and 33 for itself (signal(7)) and ignores them in a spawned
  // child.
  EXPECT_THAT(log_, ElementsAre("grep: SigBlk: 0000000000000000",
                                MatchesRegex("grep: SigIgn: 0000000(00|18)0000000")));
}

TEST_F(ProcessCommandsTest, PassesNoDescriptorOn) {
  const UniqueFd leaky(open("/dev/null", O_RDONLY));  // without O_CLOEXEC, as a library might
  run({{"/bin/ls", "/proc/self/fd"}, kLong});
  EXPECT_THAT(log_, ElementsAre("ls: 0", "ls: 1", "ls: 2", "ls: 3"));  // 3: ls reading it
}

TEST_F(ProcessCommandsTest, EndsWhatOutlivesItsTimeout) {
  const auto answer = run({{"/bin/sleep", "1000"}, milliseconds(20)});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "timed out after 20 ms");
}

TEST_F(ProcessCommandsTest, KillsWhatDoesNotListenAtItsTimeout) {
  const auto answer =
      shell("trap '' TERM; while :; do read line < /proc/uptime; done", milliseconds(50));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "timed out after 50 ms");
}

// A pipe tells when the last process that holds it has gone: it reads as ended.
TEST_F(ProcessCommandsTest, EndsAtTheTimeoutWhatTheProgramStartedToo) {
  const std::string fifo = path("alive");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const UniqueFd alive(open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  const auto answer =
      shell("exec 9>" + fifo + "; (trap '' TERM; sleep 1000) & sleep 1000", milliseconds(50));
  EXPECT_FALSE(answer);
  ASSERT_EQ(fcntl(alive.get(), F_SETFL, 0), 0);
  char byte = 0;
  EXPECT_EQ(read(alive.get(), &byte, 1), 0);
}

TEST_F(ProcessCommandsTest, EndsWhatStillRunsWhenItIsDestroyedAndNeverAnswers) {
  const std::string fifo = path("alive");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const UniqueFd alive(open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  commands_->run({{"/bin/sh", "-c", "exec 9>" + fifo + "; sleep 1000 & echo up; wait"}, kLong}, {},
                 [](const Expected<void>&) { FAIL() << "answered after it was destroyed"; });
  loop_.turn_until([&] { return !log_.empty(); });
  commands_.reset();
  ASSERT_EQ(fcntl(alive.get(), F_SETFL, 0), 0);
  char byte = 0;
  EXPECT_EQ(read(alive.get(), &byte, 1), 0);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);  // reaped
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(ProcessCommandsTest, DoesNotWaitForWhatStaysInTheBackgroundButLogsIt) {
  const std::string fifo = path("go");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_TRUE(shell("echo front; (read go < " + fifo + "; echo back) &"));
  EXPECT_THAT(log_, ElementsAre("sh: front"));
  std::ofstream(fifo) << "go\n";
  loop_.turn_until([&] { return log_.size() == 2; });
  EXPECT_THAT(log_, ElementsAre("sh: front", "sh: back"));
}

TEST_F(ProcessCommandsTest, MayBeDestroyedInItsAnswer) {
  bool answered = false;
  for (int i = 0; i < 2; ++i) {
    commands_->run({{i == 0 ? "/bin/true" : "/none"}, kLong}, {}, [&](const Expected<void>&) {
      answered = true;
      commands_.reset();
    });
  }
  loop_.turn_until([&] { return answered; });
  EXPECT_EQ(commands_, nullptr);
}

TEST_F(ProcessCommandsTest, RunsSeveralAtOnce) {
  const std::string fifo = path("meet");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  int answers = 0;
  auto count = [&](const Expected<void>& result) {
    EXPECT_TRUE(result);
    ++answers;
  };
  // Each waits for the other at the pipe.
  commands_->run({{"/bin/sh", "-c", "read line < " + fifo}, kLong}, {}, count);
  commands_->run({{"/bin/sh", "-c", "echo hello > " + fifo}, kLong}, {}, count);
  loop_.turn_until([&] { return answers == 2; });
}

TEST_F(ProcessCommandsTest, NamesTheFileThatDoesNotExist) {
  const auto answer = run({{"/usr/bin/no-such-program", "x"}, kLong});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().object, "/usr/bin/no-such-program");
  EXPECT_EQ(answer.error().reason, "there is no such file");
}

TEST_F(ProcessCommandsTest, SaysWhenAFileMayNotBeExecuted) {
  std::ofstream(path("script")) << "#!/bin/sh\n";
  const auto answer = run({{path("script")}, kLong});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().object, path("script"));
  EXPECT_EQ(answer.error().reason, "the file may not be executed");
}

TEST_F(ProcessCommandsTest, SaysWhenTheInterpreterOfAScriptIsMissing) {
  std::ofstream(path("script")) << "#!/no/such/shell\n";
  std::filesystem::permissions(path("script"), std::filesystem::perms::owner_all);
  const auto answer = run({{path("script")}, kLong});
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().reason, HasSubstr("interpreter"));
}

TEST_F(ProcessCommandsTest, SaysWhenAFileIsNoProgram) {
  std::ofstream(path("script")) << "echo hello\n";
  std::filesystem::permissions(path("script"), std::filesystem::perms::owner_all);
  const auto answer = run({{path("script")}, kLong});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "it is neither a program nor a script");
}

TEST_F(ProcessCommandsTest, LooksForNoProgramByItsName) {
  const auto answer = run({{"true"}, kLong});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().reason, "it is not an absolute path");
}

}  // namespace
}  // namespace hotseat::adapters
