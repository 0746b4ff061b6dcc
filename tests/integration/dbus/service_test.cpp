// What a D-Bus client sees of the daemon.
#include <gmock/gmock.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "bus_fixture.h"
#include "tests/times.h"

namespace hotseat::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using Json = nlohmann::json;

constexpr const char* kName = "org.hotseat.Hotseat1";
constexpr const char* kPath = "/org/hotseat/Hotseat1";

struct Reply {
  service::BusMessage message;
  std::string error() const {
    const sd_bus_error* error = sd_bus_message_get_error(message.get());
    return error == nullptr ? "" : error->name;
  }
  std::string error_text() const { return sd_bus_message_get_error(message.get())->message; }
  std::string text() const {
    const char* text = nullptr;
    return sd_bus_message_read(message.get(), "s", &text) > 0 ? text : "no text";
  }
};

class ServiceTest : public BusFixture {
 protected:
  ServiceTest() { start_service(); }

  template <typename... Arguments>
  Reply call(const char* interface, const char* method, const char* types, Arguments... arguments) {
    Reply reply;
    auto keep = [](sd_bus_message* message, void* place, sd_bus_error*) {
      static_cast<Reply*>(place)->message.reset(sd_bus_message_ref(message));
      return 0;
    };
    sd_bus_call_method_async(client_.get(), nullptr, kName, kPath, interface, method, keep, &reply,
                             types, arguments...);
    run_until([&] { return reply.message != nullptr; });
    return reply;
  }
  Reply call(const char* method) { return call(kName, method, ""); }
  Reply call(const char* method, const char* argument) {
    return call(kName, method, "s", argument);
  }
  std::string property(const char* name) {
    const Reply reply = call("org.freedesktop.DBus.Properties", "Get", "ss", kName, name);
    const char* value = nullptr;
    return sd_bus_message_read(reply.message.get(), "v", "s", &value) > 0 ? value : "no text";
  }
};

TEST_F(ServiceTest, AnswersSwitchWithTheReportWhenItHasEnded) {
  const Json report = Json::parse(call("Switch", "win11").text());
  EXPECT_EQ(report["outcome"], "done");
  EXPECT_EQ(report["owner"], "win11");
  EXPECT_THAT(app_.requests, ElementsAre("switch win11"));
}

TEST_F(ServiceTest, HandsOnNextAndRelease) {
  EXPECT_EQ(Json::parse(call("Next").text())["owner"], "win11");
  EXPECT_EQ(Json::parse(call("Release").text())["owner"], "host");
  EXPECT_THAT(app_.requests, ElementsAre("next", "release"));
}

TEST_F(ServiceTest, AsksTheBusOnceWhoACallerIs) {
  Program monitor(loop_.native(), "/usr/bin/dbus-monitor",
                  {"--system", "interface='org.freedesktop.DBus',type='method_call'"});
  run_until([&] { return monitor.out().find("NameLost") != std::string::npos; });
  for (const char* method : {"Next", "Release", "Next"}) call(method);
  EXPECT_THAT(app_.requests, ElementsAre("next", "release", "next"));
  hotseat({"release"});  // somebody else
  const auto times_asked = [&] { return times(monitor.out(), "member=GetConnectionCredentials"); };
  run_until([&] { return times_asked() >= 2; });
  EXPECT_EQ(times_asked(), 2U);
}

TEST_F(ServiceTest, KeepsTheOrderOfRequests) {
  int answers = 0;
  auto count = [](sd_bus_message*, void* counter, sd_bus_error*) {
    ++*static_cast<int*>(counter);
    return 0;
  };
  for (const char* method : {"Next", "Release", "Next"}) {
    sd_bus_call_method_async(client_.get(), nullptr, kName, kPath, kName, method, count, &answers,
                             "");
  }
  run_until([&] { return answers == 3; });
  EXPECT_THAT(app_.requests, ElementsAre("next", "release", "next"));
}

TEST_F(ServiceTest, KnowsWhoAsked) {
  call("Next");
  ASSERT_EQ(app_.callers.size(), 1U);
  EXPECT_THAT(app_.callers[0], HasSubstr("(dbus_test, pid " + std::to_string(getpid()) + ")"));
  if (getuid() == 0) {
    EXPECT_THAT(app_.callers[0], ::testing::StartsWith("root "));
  }
}

TEST_F(ServiceTest, TellsThatASwitchWasRefusedInTheReportAndNotAsAnError) {
  const Reply reply = call("Switch", "nowhere");
  EXPECT_EQ(reply.error(), "");
  const Json report = Json::parse(reply.text());
  EXPECT_EQ(report["outcome"], "refused");
  EXPECT_EQ(report["refusal"]["rule"], "unknown-target");
}

TEST_F(ServiceTest, AnswersPlanAndStatusAtOnce) {
  EXPECT_EQ(Json::parse(call("Plan", "win11").text())["steps"][0]["kind"], "set-input");
  EXPECT_EQ(Json::parse(call("Plan", "nowhere").text())["refusal"]["rule"], "unknown-target");
  const Json status = Json::parse(call("Status").text());
  EXPECT_EQ(status["target"], "host");
  EXPECT_EQ(status["targets"].size(), 3U);
  EXPECT_THAT(app_.requests, IsEmpty());
}

TEST_F(ServiceTest, AnswersReloadWithNotes) {
  app_.reload_answer = std::vector<std::string>{"one", "two"};
  const Reply reply = call("Reload");
  char** notes = nullptr;
  ASSERT_GT(sd_bus_message_read_strv(reply.message.get(), &notes), 0);
  EXPECT_STREQ(notes[0], "one");
  EXPECT_STREQ(notes[1], "two");
  EXPECT_EQ(notes[2], nullptr);
  for (char** note = notes; *note != nullptr; ++note) std::free(*note);
  std::free(notes);
}

TEST_F(ServiceTest, AnswersARefusedReloadWithAnErrorOfItsOwn) {
  app_.reload_answer = fail({"read the configuration", "hotseat.toml:3:1", "wrong", "do better"});
  const Reply reply = call("Reload");
  EXPECT_EQ(reply.error(), "org.hotseat.Error.Config");
  EXPECT_EQ(reply.error_text(), "read the configuration: hotseat.toml:3:1: wrong (do better)");
}

TEST_F(ServiceTest, RefusesCallsThatAreMalformed) {
  EXPECT_EQ(call("Switch").error(), SD_BUS_ERROR_INVALID_ARGS);
  EXPECT_EQ(call("Frobnicate").error(), SD_BUS_ERROR_UNKNOWN_METHOD);
  EXPECT_THAT(app_.requests, IsEmpty());
}

TEST_F(ServiceTest, DescribesItselfWithNamedArguments) {
  const std::string xml = call("org.freedesktop.DBus.Introspectable", "Introspect", "").text();
  for (const char* method : {"Switch", "Next", "Release", "Plan", "Status", "Reload"}) {
    EXPECT_THAT(xml, HasSubstr(std::string("<method name=\"") + method + "\">"));
  }
  EXPECT_THAT(xml, HasSubstr(R"(<arg type="s" name="target" direction="in"/>)"));
  EXPECT_THAT(xml, HasSubstr(R"(<arg type="s" name="report" direction="out"/>)"));
  for (const char* signal : {"SwitchStarted", "StepChanged", "SwitchDone", "SwitchFailed",
                             "SwitchRolledBack", "SwitchRefused", "StatusChanged"}) {
    EXPECT_THAT(xml, HasSubstr(std::string("<signal name=\"") + signal + "\">"));
  }
  EXPECT_THAT(xml, HasSubstr(R"(<arg type="t" name="took_us"/>)"));
  EXPECT_THAT(xml, HasSubstr(R"(<property name="Targets" type="as" access="read">)"));
}

TEST_F(ServiceTest, HasPropertiesThatAreTrueAtEveryMoment) {
  EXPECT_EQ(property("Target"), "host");
  EXPECT_EQ(property("State"), "idle");
  EXPECT_THAT(property("Version"), MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  app_.now.world.owner = TargetName("zorg");
  app_.now.state = app::SeatState::degraded;
  EXPECT_EQ(property("Target"), "zorg");
  EXPECT_EQ(property("State"), "degraded");
}

// Signals as they arrive: the member, and what matters of its arguments.
class SignalTest : public ServiceTest {
 protected:
  SignalTest() {
    auto keep = [](sd_bus_message* signal, void* self, sd_bus_error*) {
      static_cast<SignalTest*>(self)->arrived(signal);
      return 0;
    };
    sd_bus_add_match(client_.get(), nullptr, "type='signal',path='/org/hotseat/Hotseat1'", keep,
                     this);
  }

  void arrived(sd_bus_message* signal) {
    const std::string member = sd_bus_message_get_member(signal);
    if (member == "StatusChanged") {
      ++status_changes_;  // not in the row of the others: it may come later
      return;
    }
    signals_.push_back(member);
    if (member == "PropertiesChanged") changes_.push_back(names_in(signal));
    if (member.rfind("Switch", 0) == 0 && member != "SwitchStarted") {
      std::uint64_t id = 0;
      const char *from = nullptr, *to = nullptr, *report = nullptr;
      ASSERT_GT(sd_bus_message_read(signal, "tsss", &id, &from, &to, &report), 0);
      report_ = Json::parse(report);
    }
  }

  static std::vector<std::string> names_in(sd_bus_message* signal) {
    std::vector<std::string> names;
    sd_bus_message_skip(signal, "s");
    sd_bus_message_enter_container(signal, 'a', "{sv}");
    while (sd_bus_message_enter_container(signal, 'e', "sv") > 0) {
      const char* name = nullptr;
      sd_bus_message_read(signal, "s", &name);
      names.emplace_back(name);
      sd_bus_message_skip(signal, "v");
      sd_bus_message_exit_container(signal);
    }
    return names;
  }

  std::vector<std::string> signals_;
  std::vector<std::vector<std::string>> changes_;
  Json report_;
  int status_changes_ = 0;
};

TEST_F(SignalTest, ASwitchIsToldFromItsStartToItsEnd) {
  call("Switch", "win11");
  run_until([&] { return !changes_.empty(); });
  EXPECT_THAT(signals_, ElementsAre("SwitchStarted", "StepChanged", "StepChanged", "SwitchDone",
                                    "PropertiesChanged"));
  EXPECT_EQ(report_["owner"], "win11");
  EXPECT_THAT(changes_, ElementsAre(ElementsAre("Target")));
}

TEST_F(SignalTest, EveryEndHasASignalOfItsOwn) {
  const std::map<Outcome, std::string> ends{{Outcome::done, "SwitchDone"},
                                            {Outcome::done_warnings, "SwitchDone"},
                                            {Outcome::rolled_back, "SwitchRolledBack"},
                                            {Outcome::failed, "SwitchFailed"}};
  for (const auto& [outcome, signal] : ends) {
    app_.outcome = outcome;
    call("Next");
    EXPECT_THAT(signals_, ::testing::Contains(signal));
    EXPECT_EQ(report_["outcome"], to_string(outcome));
    signals_.clear();
  }
  call("Switch", "nowhere");
  EXPECT_THAT(signals_, ElementsAre("SwitchRefused"));
}

TEST_F(SignalTest, ManyChangesInOneTurnAreAnnouncedOnceAndOnlyWhatChanged) {
  app_.now.state = app::SeatState::degraded;
  app_.announce();
  app_.now.problems = {"libvirt is not reachable"};
  app_.announce();
  run_until([&] { return !changes_.empty(); });
  call("Status");  // whatever was sent before it has arrived
  EXPECT_THAT(changes_, ElementsAre(ElementsAre("State", "Problems")));
}

TEST_F(SignalTest, NothingIsAnnouncedWhenNothingChanged) {
  app_.announce();
  call("Status");
  EXPECT_THAT(signals_, IsEmpty());
  EXPECT_EQ(status_changes_, 0);
}

TEST_F(SignalTest, WhatIsNoPropertyIsAnnouncedToo) {
  app_.now.world.usb.clear();
  app_.announce();
  run_until([&] { return status_changes_ > 0; });
  app_.now.world.hypervisor.connected = !app_.now.world.hypervisor.connected;
  app_.announce();
  run_until([&] { return status_changes_ > 1; });
  EXPECT_THAT(signals_, IsEmpty());
}

// ---- on behalf of others --------------------------------------------------------------------

TEST_F(ServiceTest, ADoorAsksForItsClient) {
  const Json report = Json::parse(call(kName, "Ask", "sss", "web:phone", "switch", "win11").text());
  EXPECT_EQ(report["outcome"], "done");
  EXPECT_THAT(app_.callers, ElementsAre("web client phone"));
  EXPECT_THAT(log_.texts,
              ::testing::Contains("allowed: web client phone: switch to win11 (web:* may)"));
}

TEST_F(ServiceTest, WhatTheClientMayNotTheDoorDoesNotGet) {
  app_.configured.policy.grants["web:phone"] = {{Verb::switch_to, kHost}};
  const Json report = Json::parse(call(kName, "Ask", "sss", "web:phone", "switch", "win11").text());
  EXPECT_EQ(report["outcome"], "refused");
  EXPECT_EQ(report["refusal"]["rule"], "not-permitted");
  EXPECT_EQ(report["refusal"]["reason"],
            "web client phone may not switch to win11: web:phone may not");
  EXPECT_THAT(app_.requests, IsEmpty());
  EXPECT_EQ(call(kName, "Ask", "sss", "web:phone", "status", "").error(),
            "org.hotseat.Error.NotPermitted");
  EXPECT_EQ(call(kName, "Ask", "sss", "web:phone", "release", "").error(), "");
}

TEST_F(SignalTest, OfMuchThatIsAskedInVainOthersHearNothing) {
  app_.configured.policy.grants["web:phone"] = {};
  for (int i = 0; i < 25; ++i) {
    const auto answer = call(kName, "Ask", "sss", "web:phone", "switch", "win11");
    EXPECT_EQ(Json::parse(answer.text())["outcome"], "refused");
  }
  const Json report = Json::parse(call(kName, "Ask", "sss", "web:other", "release", "").text());
  EXPECT_EQ(report["outcome"], "done");
  run_until([&] { return std::count(signals_.begin(), signals_.end(), "SwitchDone") == 1; });
  EXPECT_EQ(std::count(signals_.begin(), signals_.end(), "SwitchRefused"), 10);
}

TEST_F(ServiceTest, ADoorMayLookForItsClient) {
  const Json status = Json::parse(call(kName, "Ask", "sss", "web:phone", "status", "").text());
  EXPECT_EQ(status["target"], "host");
}

TEST_F(ServiceTest, ADoorSpeaksForClientsOnly) {
  for (const char* client : {"root", "user:alice", "guest:win11", "web:", ":", ""}) {
    EXPECT_EQ(call(kName, "Ask", "sss", client, "next", "").error(), SD_BUS_ERROR_INVALID_ARGS)
        << client;
  }
  EXPECT_EQ(call(kName, "Ask", "sss", "web:phone", "reload", "").error(),
            SD_BUS_ERROR_INVALID_ARGS);
  EXPECT_THAT(app_.requests, IsEmpty());
}

}  // namespace
}  // namespace hotseat::test
