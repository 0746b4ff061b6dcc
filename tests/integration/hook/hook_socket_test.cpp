// hotseatd's side of the hook: what clients of all kinds get, and that none of them keeps others
// waiting.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/integration/hook/hook_station.h"
#include "wire/hook_frame.h"

namespace hotseat::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kXml =
    "<domain><devices><input type='passthrough'>"
    "<source evdev='/dev/input/by-id/zorg-keyboard'/></input></devices></domain>";

std::string request(const std::string& operation, const std::string& xml = kXml) {
  return wire::encode(wire::HookEvent{"zorg", operation, "begin", "-", xml});
}

class HookSocketTest : public HookStation {
 protected:
  std::string answer_to(const std::string& text) {
    Client client(path());
    client.say(text);
    run_until([&] { return client.hung_up(); });
    return client.heard();
  }
  void run_a_while() {
    for (int turn = 0; turn < 20; ++turn) sd_event_run(loop_.native(), 5'000);
  }
};

TEST_F(HookSocketTest, AnswersWhetherTheGuestMayStart) {
  start();
  EXPECT_EQ(answer_to(request("prepare")), "+");
  EXPECT_THAT(app_.notices, ElementsAre("zorg reads /dev/input/by-id/zorg-keyboard"));
  app_.preparation = fail({"start zorg", "", "keyboard is not plugged in", ""});
  EXPECT_EQ(answer_to(request("prepare")), "-start zorg: keyboard is not plugged in");
}

TEST_F(HookSocketTest, TellsThatAGuestHasEnded) {
  start();
  EXPECT_EQ(answer_to(request("release")), "+");
  EXPECT_THAT(app_.notices, ElementsAre("zorg ended, says libvirt's hook"));
}

TEST_F(HookSocketTest, RefusesAGuestWhoseDescriptionCannotBeRead) {
  start();
  EXPECT_THAT(answer_to(request("prepare", "<domain")), HasSubstr("-read the domain's"));
  EXPECT_THAT(app_.notices, IsEmpty());
}

TEST_F(HookSocketTest, HangsUpOnGarbageAndOnWhatIsTooLong) {
  start();
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\n\r\n"), "");
  EXPECT_EQ(answer_to(std::string("hotseat1\xff\xff\xff\x7f", 12)), "");
  EXPECT_EQ(answer_to(std::string("hotseat1\x04\0\0\0abcd", 16)), "");
  EXPECT_THAT(log_.texts, ElementsAre("libvirt's hook: a client sent what is no request",
                                      "libvirt's hook: a client sent what is no request",
                                      "libvirt's hook: a client sent what is no request"));
  EXPECT_THAT(app_.notices, IsEmpty());
  EXPECT_EQ(answer_to(request("prepare")), "+");
}

TEST_F(HookSocketTest, DoesNotWaitForASlowClientForEver) {
  start({8, 50ms}, clock_);
  Client slow(path());
  slow.say(request("prepare").substr(0, 40));
  EXPECT_EQ(answer_to(request("prepare")), "+");  // meanwhile
  EXPECT_FALSE(slow.hung_up());
  clock_.advance(50ms);
  EXPECT_TRUE(slow.hung_up());
  EXPECT_THAT(log_.texts, ElementsAre(HasSubstr("sent no whole request in time")));
}

TEST_F(HookSocketTest, ToleratesAClientThatHangsUpHalfWay) {
  start();
  Client client(path());
  client.say(request("prepare").substr(0, 40));
  sd_event_run(loop_.native(), 100'000);
  client.hang_up();
  run_until([&] { return !log_.texts.empty(); });
  EXPECT_THAT(log_.texts, ElementsAre(HasSubstr("hung up in the middle")));
}

TEST_F(HookSocketTest, ToleratesAClientThatDoesNotWaitForTheAnswer) {
  start();
  {
    const Client client(path());
    client.say(request("prepare"));
  }
  run_until([&] { return !app_.notices.empty(); });
  EXPECT_EQ(answer_to(request("prepare")), "+");
}

TEST_F(HookSocketTest, ServesAFewAtATimeAndTheOthersAfterThem) {
  start({2, 100ms}, clock_);
  const Client one(path());
  const Client two(path());
  Client third(path());
  third.say(request("prepare"));
  run_a_while();
  EXPECT_EQ(third.heard(), "");
  clock_.advance(100ms);  // those two are given up
  EXPECT_THAT(log_.texts, SizeIs(2));
  run_until([&] { return third.hung_up(); });
  EXPECT_EQ(third.heard(), "+");
}

TEST_F(HookSocketTest, IsForItsOwnUserAlone) {
  start();
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST_F(HookSocketTest, ReplacesTheSocketOfOneThatWasKilled) {
  start();
  std::filesystem::rename(path(), directory_.path() / "away");
  socket_.reset();
  std::filesystem::rename(directory_.path() / "away", path());
  start();
  EXPECT_EQ(answer_to(request("prepare")), "+");
  socket_.reset();
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(HookSocketTest, TellsThatThereIsNoSocket) {
  socket_.emplace(loop_.native(), loop_, app_, log_, directory_.path() / "nowhere" / "hook.sock");
  EXPECT_THAT(app_.door_problems["libvirt's hook"], HasSubstr("No such file or directory"));
}

TEST_F(HookSocketTest, MayEndWhileAGuestIsBeingPrepared) {
  start();
  Client client(path());
  client.say(request("prepare"));
  run_until([&] { return !app_.notices.empty(); });
  socket_.reset();
  run_until([&] { return client.hung_up(); });
}

}  // namespace
}  // namespace hotseat::test
