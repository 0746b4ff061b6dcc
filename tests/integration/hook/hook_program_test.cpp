// The hook as libvirt runs it: its exit status decides, and it never takes long.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <future>
#include <sstream>
#include <system_error>
#include <thread>

#include "apps/cli/hook.h"
#include "tests/integration/hook/hook_station.h"
#include "wire/hook_frame.h"

namespace hotseat::test {
namespace {

using namespace std::chrono_literals;
using cli::ExitStatus;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kXml =
    "<domain><devices><input type='passthrough'>"
    "<source evdev='/dev/input/by-id/zorg-no-such-thing'/></input></devices></domain>";

// Far more than the patience of 200 ms of the tests that use it: they may run on a busy machine.
constexpr auto kNotForEver = 20s;

struct Ended {
  ExitStatus status;
  std::string err;
  std::chrono::steady_clock::duration took;
};

class HookProgramTest : public HookStation {
 protected:
  cli::HookPlaces places() {
    cli::HookPlaces places;
    places.socket = path();
    places.input = input_.get();
    places.patience = patience_;
    return places;
  }
  void give(const std::string& xml) {
    const auto file = directory_.path() / "domain.xml";
    std::ofstream(file) << xml;
    input_.reset(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  }
  static Ended run_now(const std::vector<std::string>& words, const cli::HookPlaces& places) {
    std::ostringstream err;
    const auto started = std::chrono::steady_clock::now();
    const ExitStatus status = cli::run_hook(words, places, err);
    return {status, err.str(), std::chrono::steady_clock::now() - started};
  }
  // While hotseatd's loop turns.
  Ended hook(const std::vector<std::string>& words, const std::string& xml = kXml) {
    give(xml);
    auto ended = std::async(std::launch::async, [&] { return run_now(words, places()); });
    run_until([&] { return ended.wait_for(0s) == std::future_status::ready; });
    return ended.get();
  }
  Ended prepare(const std::string& xml = kXml) {
    return hook({"zorg", "prepare", "begin", "-"}, xml);
  }

  UniqueFd input_;
  std::chrono::milliseconds patience_{3'000};
};

TEST_F(HookProgramTest, LetsTheGuestStartThatHotseatdLetsStart) {
  start();
  const Ended end = prepare();
  EXPECT_EQ(end.status, ExitStatus::done);
  EXPECT_EQ(end.err, "");
  EXPECT_THAT(app_.notices, ElementsAre("zorg reads /dev/input/by-id/zorg-no-such-thing"));
}

TEST_F(HookProgramTest, RefusesTheGuestThatHotseatdRefuses) {
  start();
  app_.preparation = fail({"start zorg", "", "no-such-thing is not plugged in", "plug it in"});
  const Ended end = prepare();
  EXPECT_EQ(end.status, ExitStatus::failed);
  EXPECT_EQ(end.err, "hotseat: start zorg: no-such-thing is not plugged in (plug it in)\n");
}

TEST_F(HookProgramTest, TellsTheEndOfAGuestAndNeverFails) {
  EXPECT_EQ(hook({"zorg", "release", "end", "-"}).status, ExitStatus::done);
  start();
  EXPECT_EQ(hook({"zorg", "release", "end", "shutdown"}).status, ExitStatus::done);
  EXPECT_THAT(app_.notices, ElementsAre("zorg ended, says libvirt's hook"));
}

TEST_F(HookProgramTest, KeepsOutOfEverythingElse) {
  start();
  for (const char* operation : {"start", "started", "stopped", "reconnect", "attach", "migrate"}) {
    const Ended end = hook({"zorg", operation, "begin", "-"}, "no domain at all");
    EXPECT_EQ(end.status, ExitStatus::done) << operation;
    EXPECT_EQ(end.err, "") << operation;
  }
  EXPECT_THAT(app_.notices, IsEmpty());
}

TEST_F(HookProgramTest, WithoutHotseatdOnlyAGuestThatCouldNotStartIsHeldUp) {
  const Ended without = prepare("<domain><devices/></domain>");
  EXPECT_EQ(without.status, ExitStatus::done);
  EXPECT_EQ(without.err, "hotseat: hotseatd does not answer; the guest is not held up\n");
  const Ended with = prepare();
  EXPECT_EQ(with.status, ExitStatus::failed);
  EXPECT_EQ(with.err,
            "hotseat: zorg may not start: /dev/input/by-id/zorg-no-such-thing is made by hotseatd, "
            "which does not answer (systemctl start hotseatd)\n");
}

TEST_F(HookProgramTest, DoesNotWaitForAHotseatdThatHangs) {
  start();
  patience_ = 2s;
  give("<domain/>");
  const Ended end = run_now({"zorg", "prepare", "begin", "-"}, places());  // nobody turns the loop
  EXPECT_EQ(end.status, ExitStatus::done);
  EXPECT_THAT(end.err, HasSubstr("does not answer"));
  EXPECT_LT(end.took, kNotForEver);
}

TEST_F(HookProgramTest, DoesNotWaitForADescriptionThatDoesNotCome) {
  start();
  patience_ = 200ms;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd never_written(ends[1]);
  input_.reset(ends[0]);
  const Ended end = run_now({"zorg", "prepare", "begin", "-"}, places());
  EXPECT_EQ(end.status, ExitStatus::done);
  EXPECT_EQ(end.err, "hotseat: the domain's description did not come; the guest is not held up\n");
  EXPECT_LT(end.took, kNotForEver);
}

TEST_F(HookProgramTest, DoesNotHoldUpAGuestForThatItsDescriptionIsTooLong) {
  start();
  const Ended end = prepare(std::string(wire::kMaxHookXml + 1, ' '));
  EXPECT_EQ(end.status, ExitStatus::done);
  EXPECT_EQ(end.err,
            "hotseat: the domain's description is larger than 1 MiB; the guest is not held up\n");
}

TEST_F(HookProgramTest, HandsOverTheLargestDescription) {
  start();
  std::string xml = kXml;
  xml.append(wire::kMaxHookXml - xml.size(), ' ');
  EXPECT_EQ(prepare(xml).status, ExitStatus::done);
  EXPECT_THAT(app_.notices, ElementsAre(HasSubstr("zorg reads")));
}

// As processes, which look for hotseatd where it is in earnest: the tests must not speak to it.
class HookProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path socket = cli::HookPlaces{}.socket;
    std::error_code ignored;
    if (std::filesystem::exists(socket, ignored)) {
      GTEST_SKIP() << "a hotseatd runs here: " << socket << " exists";
    }
  }
};

class HookScript : public HookProcess {};

int exit_status(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int shell(const std::string& command) {
  return exit_status(std::system(command.c_str()));  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
}

const std::string kHook = std::string(HOTSEAT_PROGRAM) + " hook qemu ";

struct Pipe {
  UniqueFd out;
  UniqueFd in;
};

Pipe make_pipe(int flags) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), flags) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe2");
  }
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

pid_t start_hook(int input) {
  const pid_t hook = ::fork();
  if (hook != 0) return hook;
  ::dup2(input, STDIN_FILENO);
  ::execl(HOTSEAT_PROGRAM, "hotseat", "hook", "qemu", "zorg", "started", "begin", "-", nullptr);
  ::_exit(127);
}

bool has_ended(pid_t process) {
  siginfo_t end{};
  ::waitid(P_PID, static_cast<id_t>(process), &end, WEXITED | WNOHANG | WNOWAIT);
  return end.si_pid != 0;
}

// Or until nobody will.
void wait_until_read(const Pipe& pipe, pid_t reader) {
  int unread = 1;
  while (::ioctl(pipe.out.get(), FIONREAD, &unread) == 0 && unread > 0 && !has_ended(reader)) {
    std::this_thread::sleep_for(5ms);
  }
}

bool nobody_can_write(const Pipe& pipe) {
  pollfd end{pipe.out.get(), POLLIN, 0};
  return ::poll(&end, 1, 0) == 1 && (end.revents & POLLHUP) != 0;
}

int wait_for_end(pid_t process) {
  int status = -1;
  ::waitpid(process, &status, 0);
  return exit_status(status);
}

TEST_F(HookProcess, TakesAnyNameForADomain) {
  EXPECT_EQ(shell("echo '<domain/>' | " + kHook + "--help prepare begin - 2>/dev/null"), 0);
  EXPECT_EQ(shell("echo '<domain/>' | " + kHook + "'a \"b\" ../c' reconnect begin -"), 0);
}

TEST_F(HookProcess, IsNotCalledByHandWithoutSayingWhatHappened) {
  EXPECT_EQ(shell(std::string(HOTSEAT_PROGRAM) + " hook 2>/dev/null"), 2);
  EXPECT_EQ(shell(kHook + "zorg 2>/dev/null"), 2);
}

TEST_F(HookProcess, ClosesWhatItInherits) {
  Pipe inherited = make_pipe(0);
  Pipe input = make_pipe(O_CLOEXEC);
  ASSERT_EQ(::write(input.in.get(), "<", 1), 1);
  const pid_t hook = start_hook(input.out.get());
  ASSERT_GT(hook, 0);
  inherited.in.reset();
  wait_until_read(input, hook);  // it has been through its start then, and waits for the rest
  EXPECT_TRUE(nobody_can_write(inherited));
  input.in.reset();
  EXPECT_EQ(wait_for_end(hook), 0);
}

// With a hotseat that ends like this, or with none.
int script(const std::string& hotseat, const std::string& arguments) {
  const TemporaryDirectory directory;
  const auto program = directory.path() / "hotseat";
  if (!hotseat.empty()) {
    std::ofstream(program) << "#!/bin/sh\n" << hotseat << "\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  }
  const std::string path = directory.path();
  return shell("PATH=" + path + " /bin/sh -c '. " HOOK_SCRIPT "' hook " + arguments +
               " </dev/null 2>/dev/null");
}

TEST(HookScriptAlone, OnlyARefusalHoldsUpAGuest) {
  EXPECT_EQ(script("exit 1", "vm prepare begin -"), 1);
  EXPECT_EQ(script("exit 1", "vm reconnect begin -"), 0);
  EXPECT_EQ(script("exit 1", "vm release end -"), 0);
  for (const char* broken : {"exit 2", "exit 127", "kill -KILL $$"}) {
    EXPECT_EQ(script(broken, "vm prepare begin -"), 0) << broken;
    EXPECT_EQ(script(broken, "vm reconnect begin -"), 0) << broken;
  }
}

TEST_F(HookScript, HandsItsArgumentsOn) {
  const std::string directory = std::filesystem::path(HOTSEAT_PROGRAM).parent_path();
  EXPECT_EQ(shell("echo '<domain/>' | PATH=" + directory +
                  ":$PATH sh " HOOK_SCRIPT " 'a b' prepare begin - 2>&1 | grep -q 'not held up'"),
            0);
}

}  // namespace
}  // namespace hotseat::test
