// The Unix socket and guests' serial ports: who is who, what the old and the new lines do, and that
// nobody is kept waiting by anybody.
#include "service/line_doors.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>

#include "adapters/loop/loop.h"
#include "sim/virtual_clock.h"
#include "tests/integration/dbus/fake_app.h"
#include "tests/integration/dbus/private_bus.h"
#include "tests/integration/hook/client.h"
#include "tests/log.h"

namespace hotseat::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uid_t kNobody = 65534;

// Connects as another user does: the kernel notes who it was at that moment.
class AsNobody {
 public:
  AsNobody() {
    if (::seteuid(kNobody) != 0) throw std::runtime_error("seteuid");
  }
  ~AsNobody() { static_cast<void>(::seteuid(0)); }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
};

class LineDoorsTest : public ::testing::Test {
 protected:
  LineDoorsTest() {
    ::chmod(directory_.path().c_str(), 0711);
    places_.directory = directory_.path();
    places_.pid_files = directory_.path() / "pids";
    std::filesystem::create_directories(places_.pid_files);
  }
  void start() { start(loop_); }
  void start(ports::Clock& clock) {
    doors_.emplace(loop_.native(), clock, app_, listener_, log_, places_, std::vector<UniqueFd>{});
  }
  void run_until(const std::function<bool()>& so) {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!so()) {
      if (std::chrono::steady_clock::now() > latest) throw std::runtime_error("it takes too long");
      sd_event_run(loop_.native(), 10'000);
    }
  }
  void run_a_while() {
    for (int turn = 0; turn < 20; ++turn) sd_event_run(loop_.native(), 5'000);
  }
  std::string answer_to(Client& client, const std::string& line) {
    const auto before = client.heard().size();
    client.say(line + "\n");
    run_until([&] { return client.heard().size() > before && client.heard().back() == '\n'; });
    return client.heard().substr(before, client.heard().size() - before - 1);
  }
  std::filesystem::path programs() const { return directory_.path() / "usbserver.sock"; }
  std::filesystem::path serial(const std::string& guest) const {
    return directory_.path() / "guests" / (guest + ".sock");
  }

  TemporaryDirectory directory_;
  adapters::Loop loop_;
  service::StatusListener listener_;
  FakeApp app_{loop_, listener_};
  Log log_;
  service::LineDoors::Places places_;
  std::optional<service::LineDoors> doors_;
};

TEST_F(LineDoorsTest, RootIsAnsweredWithOneLine) {
  start();
  Client client(programs());
  EXPECT_EQ(answer_to(client, "switch win11"), "ok win11 has the seat");
  EXPECT_EQ(answer_to(client, "status"), "ok win11 has the seat, idle");
  EXPECT_EQ(answer_to(client, "switch nowhere"), "error no target \"nowhere\"");
  EXPECT_THAT(answer_to(client, "help"), HasSubstr("VM attach VVVV:PPPP"));
  EXPECT_EQ(answer_to(client, "release"), "ok host has the seat");
  EXPECT_THAT(log_.texts, Contains("allowed: root: switch to win11 (root may)"));
}

// echo switch win11 | socat - UNIX-CONNECT:/run/hotseat/usbserver.sock
TEST_F(LineDoorsTest, WhoHasSaidAllIsStillAnswered) {
  start();
  Client client(programs());
  client.say("switch win11\n");
  client.end();
  run_until([&] { return client.hung_up(); });
  EXPECT_EQ(client.heard(), "ok win11 has the seat\n");
}

TEST_F(LineDoorsTest, FailuresAreHonest) {
  app_.outcome = Outcome::rolled_back;
  start();
  Client client(programs());
  EXPECT_EQ(answer_to(client, "switch win11"),
            "error start win11: no answer (look at its console)");
}

// socat - UNIX-CONNECT:/run/hotseat/usbserver.sock
TEST_F(LineDoorsTest, TheOldLinesMoveTheSeatAndAreNotAnswered) {
  start();
  Client client(programs());
  client.say("win11 attach 046d:c31c\n");
  run_until([&] { return app_.now.world.owner.str() == "win11"; });
  client.say("win11 attach 046d:c31c\nwin11 detach 046d:c31c\n");
  run_until([&] { return app_.now.world.owner == kHost; });
  EXPECT_THAT(app_.requests, ElementsAre("switch win11", "switch host"));
  EXPECT_EQ(client.heard(), "");
}

TEST_F(LineDoorsTest, WhatIsMalformedIsIgnoredAndTheConnectionStays) {
  start();
  Client client(programs());
  client.say("win11 attach 1234:5678\nnobody attach 046d:c31c\n;rm -rf /\n" +
             std::string(10'000, 'x') + "\n");
  EXPECT_EQ(answer_to(client, "status"), "ok host has the seat, idle");
  EXPECT_THAT(app_.requests, IsEmpty());
  EXPECT_THAT(log_.texts,
              ElementsAre("root: the device that was asked for is not of the seat",
                          "root: there is no guest of the name that was asked for",
                          "root: a line that is no request was ignored",
                          "root: a line was too long", "allowed: root: see the status (root may)"));
}

TEST_F(LineDoorsTest, AGuestIsWhomItsSocketBelongsTo) {
  app_.now.world.owner = TargetName{"win11"};
  start();
  Client client(serial("win11"));
  EXPECT_EQ(answer_to(client, "switch host"), "ok host has the seat");
  EXPECT_THAT(app_.callers, ElementsAre("guest win11"));
}

TEST_F(LineDoorsTest, AGuestMayOnlyWhatItsPolicySays) {
  start();
  Client client(serial("win11"));
  EXPECT_EQ(answer_to(client, "switch zorg"),
            "error guest win11 may not switch to zorg: guest:win11 may not");
  EXPECT_EQ(answer_to(client, "switch self"),
            "error guest win11 may not switch to win11: guest:win11 may not");
  EXPECT_THAT(answer_to(client, "status"), HasSubstr("error"));
  app_.configured.policy.grants["guest:win11"] = {{Verb::switch_to, TargetName{"win11"}}};
  EXPECT_EQ(answer_to(client, "switch self"), "ok win11 has the seat");
  EXPECT_THAT(answer_to(client, "switch host"), HasSubstr("error"));
}

// Every line is answered, and the journal is not filled.
TEST_F(LineDoorsTest, WhoAsksInVainAgainAndAgainIsToldSoAndNobodyElseIs) {
  sim::VirtualClock clock;
  start(clock);
  Client client(serial("win11"));
  for (int i = 0; i < 12; ++i) {
    EXPECT_THAT(answer_to(client, "switch zorg"), HasSubstr("may not"));
  }
  EXPECT_EQ(log_.texts.size(), 10U);
  clock.advance(std::chrono::seconds(10));
  EXPECT_THAT(answer_to(client, "switch zorg"), HasSubstr("may not"));
  EXPECT_EQ(log_.texts.back(),
            "denied: guest win11: switch to zorg (guest:win11 may not); 2 before it are not shown");
  EXPECT_THAT(app_.requests, IsEmpty());
}

TEST_F(LineDoorsTest, AGuestCannotSpeakForAnother) {
  app_.now.world.owner = TargetName{"zorg"};
  start();
  Client client(serial("win11"));
  client.say("zorg detach 046d:c31c\n");
  run_until([&] { return !log_.texts.empty(); });
  EXPECT_THAT(log_.texts, ElementsAre("guest win11: denied: it speaks for zorg"));
  EXPECT_THAT(app_.requests, IsEmpty());
}

TEST_F(LineDoorsTest, AGuestGivesItsDevicesBackWithTheOldLine) {
  app_.now.world.owner = TargetName{"win11"};
  start();
  Client client(serial("win11"));
  client.say("win11 detach 046d:c31c\r\n");
  run_until([&] { return app_.now.world.owner == kHost; });
  EXPECT_THAT(app_.callers, ElementsAre("guest win11"));
}

TEST_F(LineDoorsTest, AnybodyElseIsAUserAndMayNothingByItself) {
  start();
  std::optional<Client> client;
  {
    const AsNobody nobody;
    client.emplace(programs());
  }
  EXPECT_EQ(answer_to(*client, "switch win11"),
            "error nobody may not switch to win11: user:nobody may not");
  app_.configured.policy.grants["user:nobody"] = {{Verb::switch_to, TargetName{"win11"}}};
  EXPECT_EQ(answer_to(*client, "switch win11"), "ok win11 has the seat");
}

TEST_F(LineDoorsTest, OnAGuestsSocketOnlyQemuSpeaks) {
  start();
  std::optional<Client> client;
  {
    const AsNobody nobody;
    client.emplace(serial("win11"));
  }
  client->say("switch host\n");
  run_until([&] { return client->hung_up(); });
  EXPECT_THAT(log_.texts, ElementsAre(HasSubstr("may not speak on a line socket")));
}

// Seed of many set-ups: QEMU itself connects to the one socket for all. libvirt knows which it is.
TEST_F(LineDoorsTest, AQemuOnTheCommonSocketIsItsGuest) {
  places_.qemu_users = {"nobody"};
  std::ofstream(places_.pid_files / "zorg.pid") << ::getpid() << "\n";
  start();
  std::optional<Client> client;
  {
    const AsNobody nobody;
    client.emplace(programs());
  }
  EXPECT_EQ(answer_to(*client, "switch host"), "ok host has the seat");
  EXPECT_THAT(app_.callers, ElementsAre("guest zorg"));
}

TEST_F(LineDoorsTest, AQemuThatIsNobodysGuestIsHungUpOn) {
  places_.qemu_users = {"nobody"};
  start();
  std::optional<Client> client;
  {
    const AsNobody nobody;
    client.emplace(programs());
  }
  run_until([&] { return client->hung_up(); });
}

TEST_F(LineDoorsTest, GuestsComeAndGoWithTheConfiguration) {
  start();
  EXPECT_TRUE(std::filesystem::exists(serial("zorg")));
  app_.configured.guests.pop_back();
  app_.announce();
  run_until([&] { return !std::filesystem::exists(serial("zorg")); });
  Client client(serial("win11"));
  EXPECT_EQ(answer_to(client, "switch host"), "ok host has the seat");
}

TEST_F(LineDoorsTest, WhoTalksTooMuchWaitsAndNobodyElseDoes) {
  sim::VirtualClock clock;
  start(clock);
  Client busy(serial("win11"));
  const auto answers = [&] { return std::count(busy.heard().begin(), busy.heard().end(), '\n'); };
  for (int i = 0; i < 200; ++i) busy.say("switch zorg\n");
  run_until([&] { return answers() >= 16; });
  Client client(programs());
  EXPECT_EQ(answer_to(client, "status"), "ok host has the seat, idle");
  run_a_while();
  const auto before = answers();
  EXPECT_LT(before, 60);
  clock.advance(std::chrono::seconds(1));
  run_until([&] { return answers() > before; });
}

TEST_F(LineDoorsTest, WhoTalksNowAndThenNeverWaits) {
  sim::VirtualClock clock;
  start(clock);
  Client client(serial("win11"));
  for (int i = 0; i < 40; ++i) {
    EXPECT_EQ(answer_to(client, "switch host"), "ok host has the seat");
    clock.advance(std::chrono::milliseconds(100));
  }
}

TEST_F(LineDoorsTest, ManyConnectionsAreTooMany) {
  start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<Client>(serial("win11")));
    run_a_while();  // connecting waits while too many have not been taken in
  }
  run_until([&] { return clients.back()->hung_up(); });
  EXPECT_EQ(answer_to(*clients.front(), "switch host"), "ok host has the seat");
  clients.clear();
  run_a_while();
  Client again(serial("win11"));
  EXPECT_EQ(answer_to(again, "switch host"), "ok host has the seat");
}

TEST_F(LineDoorsTest, ASocketThatCannotBeHadIsAProblemOfTheStatus) {
  places_.directory = "/proc/hotseat";
  start();
  EXPECT_THAT(app_.door_problems["line sockets"], HasSubstr("no socket /proc/hotseat"));
}

TEST_F(LineDoorsTest, TheSocketsGoWithTheDaemon) {
  start();
  doors_.reset();
  EXPECT_FALSE(std::filesystem::exists(programs()));
  EXPECT_FALSE(std::filesystem::exists(serial("win11")));
}

}  // namespace
}  // namespace hotseat::test
