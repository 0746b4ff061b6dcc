// The command line against the real door: output, JSON and exit statuses.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "bus_fixture.h"

namespace hotseat::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

class CliTest : public BusFixture {
 protected:
  CliTest() { start_service(); }
  Json json(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    return Json::parse(hotseat(std::move(arguments)).out);
  }
};

TEST_F(CliTest, SwitchShowsProgressAndWhoHasTheSeat) {
  const Finished end = hotseat({"switch", "win11"});
  EXPECT_EQ(end.status, 0) << end.err;
  EXPECT_EQ(end.out,
            "host -> win11\n"
            "  booting...\n"
            "  start win11 - done (1.5 ms)\n"
            "win11 has the seat (412 ms)\n");
  EXPECT_EQ(end.err, "");
  EXPECT_THAT(app_.requests, ElementsAre("switch win11"));
  EXPECT_THAT(app_.callers, ElementsAre(HasSubstr("(hotseat, pid ")));
}

TEST_F(CliTest, SwitchPrintsTheReportAsJsonAndNothingElse) {
  const Json report = json({"switch", "win11"});
  EXPECT_EQ(report["outcome"], "done");
  EXPECT_EQ(report["took_ms"], 412.0);
}

TEST_F(CliTest, NextAndReleaseMoveTheSeat) {
  EXPECT_EQ(hotseat({"next"}).status, 0);
  EXPECT_EQ(json({"release"})["owner"], "host");
  EXPECT_THAT(app_.requests, ElementsAre("next", "release"));
}

TEST_F(CliTest, WarningsAreNoFailure) {
  app_.outcome = Outcome::done_warnings;
  const Finished end = hotseat({"switch", "win11"});
  EXPECT_EQ(end.status, 0);
  EXPECT_EQ(end.err, "warning: left does not answer\n");
}

TEST_F(CliTest, AFailedSwitchEndsWithOneHoweverItWasUndone) {
  for (const Outcome outcome : {Outcome::rolled_back, Outcome::failed}) {
    app_.outcome = outcome;
    const Finished end = hotseat({"switch", "win11"});
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.err, HasSubstr("host has the seat"));
    EXPECT_THAT(end.err, HasSubstr("look at its console"));
    EXPECT_EQ(hotseat({"switch", "win11", "--json"}).status, 1);
  }
}

TEST_F(CliTest, ARefusedSwitchEndsWithFour) {
  const Finished end = hotseat({"switch", "nowhere"});
  EXPECT_EQ(end.status, 4);
  EXPECT_EQ(end.out, "");
  EXPECT_EQ(end.err, "hotseat: refused: no target \"nowhere\"\n  hotseat guests lists them\n");
  EXPECT_EQ(hotseat({"switch", "nowhere", "--dry-run"}).status, 4);
  EXPECT_EQ(json({"switch", "nowhere", "--dry-run"})["refusal"]["rule"], "unknown-target");
}

TEST_F(CliTest, ADryRunPrintsThePlanAndAsksForNothing) {
  const Finished end = hotseat({"switch", "win11", "--dry-run"});
  EXPECT_EQ(end.status, 0);
  EXPECT_THAT(end.out, HasSubstr("set left to win11"));
  EXPECT_THAT(end.out, HasSubstr("note: a note\n"));
  EXPECT_EQ(json({"switch", "win11", "--dry-run"})["steps"][0]["kind"], "set-input");
  EXPECT_THAT(app_.requests, IsEmpty());
}

TEST_F(CliTest, StatusFollowsTheContract) {
  const Json status = json({"status"});
  for (const char* key : {"target", "state", "targets", "devices", "monitors"}) {
    EXPECT_TRUE(status.contains(key)) << key;
  }
  const Finished end = hotseat({"status"});
  EXPECT_EQ(end.status, 0);
  EXPECT_EQ(end.out.rfind("host has the seat\n", 0), 0U) << end.out;
}

TEST_F(CliTest, ListsAreArraysInJson) {
  EXPECT_EQ(json({"devices"})[0]["name"], "keyboard");
  EXPECT_EQ(json({"monitors"})[0]["input"], "0x0f");
  const Json guests = json({"guests"});
  ASSERT_EQ(guests.size(), 2U);
  EXPECT_EQ(guests[0]["name"], "win11");
  EXPECT_THAT(hotseat({"devices"}).out, HasSubstr("keyboard"));
  EXPECT_THAT(hotseat({"monitors"}).out, HasSubstr("DisplayPort-1 (0x0f)"));
  EXPECT_THAT(hotseat({"guests"}).out, HasSubstr("shutoff"));
}

TEST_F(CliTest, EmptyListsSayWhatIsMissing) {
  app_.configured.devices.clear();
  app_.configured.monitors.clear();
  app_.configured.guests.clear();
  EXPECT_THAT(hotseat({"devices"}).out, HasSubstr("[[device]]"));
  EXPECT_THAT(hotseat({"monitors"}).out, HasSubstr("--probe"));
  EXPECT_THAT(hotseat({"guests"}).out, HasSubstr("[guest.NAME]"));
  EXPECT_EQ(json({"guests"}), Json::array());
}

TEST_F(CliTest, PreparingAnUnknownGuestNamesThoseThereAre) {
  const Finished end = hotseat({"guest", "prepare", "win12", "--yes"});
  EXPECT_EQ(end.status, 2);
  EXPECT_THAT(end.err, HasSubstr("no guest \"win12\" is configured"));
  EXPECT_THAT(end.err, HasSubstr("did you mean \"win11\"?"));
}

TEST_F(CliTest, AWordThatIsNotUtf8IsNoName) {
  const std::vector<std::vector<std::string>> commands{
      {"switch", "\xff"}, {"web", "token", "\xff"}, {"guest", "prepare", "\xff", "--undo"}};
  for (const auto& command : commands) {
    const Finished end = hotseat(command);
    EXPECT_EQ(end.status, 2) << command.front();
    EXPECT_EQ(end.err, "hotseat: \"\xff\": is no name: it must be valid UTF-8\n")
        << command.front();
  }
}

TEST_F(CliTest, AKeyThatIsNotThereIsNoBadKey) {
  const Finished end = hotseat({"setup", "ssh", "x", "--public-key", "nope", "--yes"});
  EXPECT_EQ(end.status, 1);
  EXPECT_THAT(end.err, HasSubstr("nope: No such file or directory"));
}

TEST_F(CliTest, PreparingForASeatThatForwardsNothingHasNothingToDo) {
  const Finished end = hotseat({"guest", "prepare", "win11"});
  EXPECT_EQ(end.status, 0) << end.err;
  EXPECT_EQ(end.out, "nothing to do: no device of the seat has transport = \"evdev\"\n");
  EXPECT_EQ(json({"guest", "prepare", "win11"})["changes"], false);
}

TEST_F(CliTest, ReloadTellsTheNotes) {
  app_.reload_answer = std::vector<std::string>{"restart for libvirt_uri"};
  const Finished end = hotseat({"reload"});
  EXPECT_EQ(end.status, 0);
  EXPECT_THAT(end.out, HasSubstr("note: restart for libvirt_uri\n"));
  EXPECT_EQ(json({"reload"})["notes"][0], "restart for libvirt_uri");
}

TEST_F(CliTest, ARefusedConfigurationEndsWithTwo) {
  app_.reload_answer = fail({"", "hotseat.toml:3:1", "unknown key", ""});
  const Finished end = hotseat({"reload"});
  EXPECT_EQ(end.status, 2);
  EXPECT_THAT(end.err, HasSubstr("hotseat.toml:3:1: unknown key"));
}

TEST_F(CliTest, EveryMistakeInARefusedConfigurationIsALine) {
  app_.reload_answer = fail({"", "a.toml:3:1", "unknown key\na.toml:4:1: \033 is no number", ""});
  EXPECT_EQ(hotseat({"reload"}).err,
            "hotseat: configuration refused, the running one stays: a.toml:3:1: unknown key\n"
            "a.toml:4:1: ? is no number\n");
  EXPECT_THAT(json({"reload"})["error"]["reason"],
              "a.toml:3:1: unknown key\na.toml:4:1: ? is no number");
}

TEST_F(CliTest, VersionAsksTheDaemonToo) {
  const Json versions = json({"version"});
  EXPECT_EQ(versions["hotseat"], versions["hotseatd"]);
}

TEST_F(CliTest, SaysSoWhenTheDaemonEndsInTheMiddleOfASwitch) {
  app_.dies = true;
  app_.when_asked = [this] { loop_.post([this] { service_.reset(); }); };
  const Finished end = hotseat({"switch", "win11"});
  EXPECT_EQ(end.status, 3);
  EXPECT_THAT(end.err, HasSubstr("hotseatd is not reachable"));
}

TEST_F(CliTest, SpeaksOnTheSystemBusUnlessToldOtherwise) {
  Program program(loop_.native(), HOTSEAT_PROGRAM, {"status", "--json"});
  run_until([&] { return program.silent(); });
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(Json::parse(program.out())["target"], "host");
}

class NoDaemonTest : public BusFixture {};

TEST_F(NoDaemonTest, EveryCommandThatNeedsItEndsWithThreeAndSaysWhatToDo) {
  const std::vector<std::vector<std::string>> commands{{"status"},
                                                       {"switch", "win11"},
                                                       {"switch", "win11", "--dry-run"},
                                                       {"next"},
                                                       {"release"},
                                                       {"devices"},
                                                       {"monitors"},
                                                       {"guests"},
                                                       {"watch"},
                                                       {"reload"},
                                                       {"guest", "prepare", "win11"}};
  for (const auto& command : commands) {
    const Finished end = hotseat(command);
    EXPECT_EQ(end.status, 3) << command.front();
    EXPECT_EQ(end.out, "") << command.front();
    EXPECT_THAT(end.err, HasSubstr("is it running?")) << command.front();
  }
}

TEST_F(NoDaemonTest, TheSameWithoutABus) {
  client_.reset();
  bus_.reset();
  const Finished end = hotseat({"status", "--json"});
  EXPECT_EQ(end.status, 3);
  EXPECT_EQ(Json::parse(end.out)["error"]["context"], "hotseatd is not reachable");
}

TEST_F(NoDaemonTest, VersionTellsItsOwn) {
  const Finished end = hotseat({"version", "--json"});
  EXPECT_EQ(end.status, 0);
  EXPECT_EQ(Json::parse(end.out)["hotseatd"], nullptr);
}

TEST_F(NoDaemonTest, MisuseEndsWithTwo) {
  EXPECT_EQ(hotseat({}).status, 2);
  EXPECT_EQ(hotseat({"frobnicate"}).status, 2);
  EXPECT_EQ(hotseat({"switch"}).status, 2);
}

TEST_F(NoDaemonTest, ConfigCheckNeedsNoDaemon) {
  const std::string file = (directory_.path() / "hotseat.toml").string();
  std::ofstream(file) << "[guest.win11]\nstart = \"auto\"\n";
  const Finished right = hotseat({"config", "check", file});
  EXPECT_EQ(right.status, 0) << right.err;
  EXPECT_THAT(right.out, HasSubstr("1 guest"));
  std::ofstream(file) << "[guest.win11]\nstart = 7\n";
  const Finished wrong = hotseat({"config", "check", file});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr(file + ":2:"));
  const Finished as_json = hotseat({"config", "check", file, "--json"});
  EXPECT_EQ(as_json.status, 2);
  EXPECT_EQ(Json::parse(as_json.out)["ok"], false);
}

class PolicyTest : public BusFixture {
 protected:
  PolicyTest() : BusFixture(R"(<deny send_interface="org.hotseat.Hotseat1" send_member="Next"/>)") {
    start_service();
  }
};

TEST_F(PolicyTest, WhatTheBusForbidsEndsWithFourAndNamesTheGroup) {
  const Finished end = hotseat({"next"});
  EXPECT_EQ(end.status, 4);
  EXPECT_THAT(end.err, HasSubstr("group hotseat"));
  EXPECT_THAT(app_.requests, IsEmpty());
  EXPECT_EQ(hotseat({"switch", "win11"}).status, 0);
}

}  // namespace
}  // namespace hotseat::test
