// What clients of vfio-kvm see: the calls they make, and the very dbus-monitor that they watch
// with.
#include "service/vfio_kvm.h"

#include <gmock/gmock.h>

#include "bus_fixture.h"

namespace hotseat::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kZorg =
    "<domain type='kvm'><devices><input type='passthrough' bus='virtio'>"
    "<source evdev='/dev/input/by-id/zorg-keyboard'/></input></devices></domain>";

class VfioKvmTest : public BusFixture {
 protected:
  VfioKvmTest() {
    seat_app_.configured.compat.vfio_kvm = true;
    seat_app_.configured.guests[0].domain = DomainName("Windows 11");
  }

  void start(const std::string& name = "vfio.kvm") {
    door_.emplace(loop_.native(), loop_, seat_app_, changes_, log_, service::BusKind::session);
    run_until([&] { return has_owner(name); });
  }
  bool has_owner(const std::string& name) {
    return sd_bus_get_name_creds(other_client().get(), name.c_str(), 0, nullptr) >= 0;
  }
  // One that waits for the bus and not for the loop.
  static service::Bus other_client() {
    sd_bus* raw = nullptr;
    sd_bus_open_user(&raw);
    return service::Bus(raw);
  }

  // `dbus-send` as scripts call it: its output, errors behind it.
  std::string send(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--system", "--print-reply=literal"});
    Program program(loop_.native(), "/usr/bin/dbus-send", std::move(arguments));
    run_until([&] { return program.silent(); });
    program.wait();
    return program.out() + program.err();
  }
  std::string call(const std::string& member, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"--dest=vfio.kvm", "/vfio/kvm", member});
    return send(std::move(arguments));
  }
  std::string target() {
    return call("org.freedesktop.DBus.Properties.Get", {"string:vfio.kvm", "string:Target"});
  }
  std::string set_target(const std::string& name) {
    return call("org.freedesktop.DBus.Properties.Set",
                {"string:vfio.kvm", "string:Target", "variant:string:" + name});
  }
  std::string hook(const std::string& method, const std::string& xml) {
    return call("vfio.kvm." + method, {"string:zorg", "string:begin", "string:-", "string:" + xml});
  }

  service::StatusListener changes_;
  FakeApp seat_app_{loop_, changes_};
  std::optional<service::VfioKvm> door_;
};

TEST_F(VfioKvmTest, ToggleAnswersWhoHasTheSeatThen) {
  start();
  EXPECT_THAT(call("vfio.kvm.Toggle"), HasSubstr("Windows 11"));
  EXPECT_THAT(seat_app_.requests, ElementsAre("next"));
  EXPECT_THAT(seat_app_.callers, ElementsAre(HasSubstr("(dbus-send, pid ")));
}

TEST_F(VfioKvmTest, ToggleThatFailsSaysWhy) {
  start();
  seat_app_.outcome = Outcome::rolled_back;
  const std::string answer = call("vfio.kvm.Toggle");
  EXPECT_THAT(answer, HasSubstr("vfio.kvm.Error.Switch"));
  EXPECT_THAT(answer, HasSubstr("start win11: no answer"));
}

TEST_F(VfioKvmTest, TargetIsADomainOrTheHostDevice) {
  start();
  EXPECT_THAT(target(), HasSubstr("host device"));
  EXPECT_EQ(set_target("Windows 11"), "");
  EXPECT_THAT(target(), HasSubstr("Windows 11"));
  EXPECT_EQ(set_target("zorg"), "");
  EXPECT_THAT(target(), HasSubstr("zorg"));
  EXPECT_EQ(set_target("host device"), "");
  EXPECT_THAT(target(), HasSubstr("host device"));
  EXPECT_THAT(seat_app_.requests, ElementsAre("switch win11", "switch zorg", "switch host"));
}

TEST_F(VfioKvmTest, TargetTakesNothingElse) {
  start();
  EXPECT_THAT(set_target("nowhere"), HasSubstr("there is no target \"nowhere\""));
  EXPECT_THAT(set_target("host"), HasSubstr("there is no target \"host\""));
  EXPECT_THAT(call("org.freedesktop.DBus.Properties.Set",
                   {"string:vfio.kvm", "string:Target", "variant:int32:3"}),
              HasSubstr("Target is a string"));
  EXPECT_THAT(call("org.freedesktop.DBus.Properties.Set",
                   {"string:vfio.kvm", "string:Other", "variant:int32:3"}),
              HasSubstr("UnknownProperty"));
  EXPECT_THAT(seat_app_.requests, IsEmpty());
}

TEST_F(VfioKvmTest, DescribesItself) {
  start();
  const std::string xml = call("org.freedesktop.DBus.Introspectable.Introspect");
  EXPECT_THAT(xml, HasSubstr(R"(<property name="Target" type="s" access="readwrite">)"));
  for (const char* method : {"Toggle", "Prepare", "Release"}) {
    EXPECT_THAT(xml, HasSubstr(std::string("<method name=\"") + method + "\">"));
  }
}

TEST_F(VfioKvmTest, ChangesAreSeenByTheMonitorThatUsersRun) {
  start_service();  // its signals are none of vfio.kvm's
  start();
  Program monitor(loop_.native(), "/usr/bin/dbus-monitor",
                  {"--system", "type='signal',sender='vfio.kvm'"});
  run_until([&] { return monitor.out().find("NameLost") != std::string::npos; });
  const auto said = [&](const std::string& words) {
    return monitor.out().find(words) != std::string::npos;
  };
  set_target("Windows 11");
  run_until([&] { return said("string \"Windows 11\""); });
  EXPECT_THAT(monitor.out(), HasSubstr("path=/vfio/kvm; interface=org.freedesktop.DBus.Properties; "
                                       "member=PropertiesChanged\n   string \"vfio.kvm\"\n"));
  EXPECT_THAT(monitor.out(), HasSubstr("string \"Target\""));
  call("vfio.kvm.Toggle");  // to where it is: no change
  set_target("host device");
  run_until([&] { return said("string \"host device\""); });
  app_.now.world.owner = TargetName("zorg");
  app_.announce();
  hotseat({"status"});
  EXPECT_THAT(monitor.out(), Not(HasSubstr("org.hotseat")));
  EXPECT_THAT(monitor.out(), Not(HasSubstr("zorg")));
}

TEST_F(VfioKvmTest, PrepareTellsWhetherTheGuestMayStart) {
  start();
  EXPECT_THAT(hook("Prepare", kZorg), HasSubstr("true"));
  EXPECT_THAT(seat_app_.notices, ElementsAre("zorg reads /dev/input/by-id/zorg-keyboard"));
  seat_app_.preparation = fail({"start zorg", "", "keyboard is not plugged in", ""});
  EXPECT_THAT(hook("Prepare", kZorg), HasSubstr("false"));
}

TEST_F(VfioKvmTest, PrepareRefusesWhatIsNoDomain) {
  start();
  EXPECT_THAT(hook("Prepare", "<domain"), HasSubstr("false"));
  EXPECT_THAT(log_.texts, ElementsAre(HasSubstr("tell that zorg starts or has ended"),
                                      HasSubstr("read the domain's description")));
  EXPECT_THAT(seat_app_.notices, IsEmpty());
}

TEST_F(VfioKvmTest, ReleaseIsAlwaysTrue) {
  start();
  EXPECT_THAT(hook("Release", ""), HasSubstr("true"));
  EXPECT_THAT(seat_app_.notices, ElementsAre("zorg ended, says vfio.kvm"));
}

TEST_F(VfioKvmTest, HasTheNameAndThePathOfTheConfiguration) {
  seat_app_.configured.compat.vfio_kvm_bus_name = "dev.akeydo";
  seat_app_.configured.compat.vfio_kvm_object_path = "/dev/akeydo";
  start("dev.akeydo");
  EXPECT_FALSE(has_owner("vfio.kvm"));
  EXPECT_THAT(send({"--dest=dev.akeydo", "/dev/akeydo", "vfio.kvm.Toggle"}),
              HasSubstr("Windows 11"));
}

TEST_F(VfioKvmTest, ComesAndGoesWithTheConfiguration) {
  start();
  seat_app_.configured.compat.vfio_kvm = false;
  seat_app_.announce();
  run_until([&] { return !has_owner("vfio.kvm"); });
  seat_app_.configured.compat.vfio_kvm = true;
  seat_app_.announce();
  run_until([&] { return has_owner("vfio.kvm"); });
}

TEST_F(VfioKvmTest, ANameThatSomebodyElseHasIsAProblemUntilItIsFree) {
  service::Bus vfio_kvm = other_client();
  ASSERT_GE(sd_bus_request_name(vfio_kvm.get(), "vfio.kvm", 0), 0);
  start();
  run_until([&] { return !seat_app_.door_problems["vfio.kvm"].empty(); });
  EXPECT_EQ(seat_app_.door_problems["vfio.kvm"],
            "the name vfio.kvm belongs to another process: waiting for it to end");
  vfio_kvm.reset();
  run_until([&] { return seat_app_.door_problems["vfio.kvm"].empty(); });
  EXPECT_THAT(call("vfio.kvm.Toggle"), HasSubstr("Windows 11"));
}

}  // namespace
}  // namespace hotseat::test
