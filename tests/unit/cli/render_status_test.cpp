#include "apps/cli/render_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Style kPlain(false);

Json device(const char* changes) {
  Json device = Json::parse(R"({"name": "keyboard", "transport": "usb", "present": true,
      "owner": "host", "usb": "046d:c31c", "address": "1:7", "optional": false,
      "problem": null})");
  device.update(Json::parse(changes));
  return Json::array({device});
}

Json monitor(const char* changes) {
  Json monitor = Json::parse(R"({"name": "left", "present": true, "input": "0x0f",
      "input_name": "DisplayPort-1", "target": "host", "verified": true,
      "certainty": "verified", "bus": 3, "problem": null})");
  monitor.update(Json::parse(changes));
  return Json::array({monitor});
}

Json status() {
  return {{"target", "win11"},
          {"state", "idle"},
          {"targets", Json::parse(R"([
             {"name": "host", "kind": "host", "state": "running", "active": false,
              "domain": null, "start": null},
             {"name": "win11", "kind": "guest", "state": "running", "active": true,
              "domain": "win11", "start": "auto"}])")},
          {"devices", device(R"({"owner": "win11"})")},
          {"monitors", monitor(R"({"target": "win11"})")},
          {"problems", Json::array()},
          {"notes", Json::array()},
          {"current", nullptr},
          {"last", nullptr}};
}

TEST(RenderStatus, ShowsWhoHasTheSeatAndWhereEverythingIs) {
  EXPECT_EQ(render_status(status(), kPlain),
            "win11 has the seat\n"
            "\n"
            "Targets\n"
            "  TARGET  STATE    STARTS            SEAT\n"
            "  host    running\n"
            "  win11   running  when switched to  has it\n"
            "\n"
            "Devices\n"
            "  DEVICE    TRANSPORT  USB        ADDRESS  AT\n"
            "  keyboard  usb        046d:c31c  1:7      win11\n"
            "\n"
            "Monitors\n"
            "  MONITOR  INPUT                 SHOWS  CONDITION\n"
            "  left     DisplayPort-1 (0x0f)  win11  verified\n");
}

TEST(RenderStatus, TellsProblemsNotesAndTheLastSwitch) {
  Json some = status();
  some["state"] = "degraded";
  some["problems"] = {"libvirt is not reachable"};
  some["notes"] = {"hotkeys are not acted on"};
  some["last"] = {{"from", "host"}, {"to", "win11"}, {"outcome", "done"}, {"took_ms", 412.4}};
  const std::string text = render_status(some, kPlain);
  EXPECT_THAT(text, HasSubstr("win11 has the seat, degraded\n"));
  EXPECT_THAT(text, HasSubstr("Problems\n  libvirt is not reachable\n"));
  EXPECT_THAT(text, HasSubstr("Notes\n  hotkeys are not acted on\n"));
  EXPECT_THAT(text, HasSubstr("Last switch\n  host -> win11: done (412 ms)\n"));
}

TEST(RenderStatus, TellsWhereTheSeatIsMovingTo) {
  Json some = status();
  some["state"] = "switching";
  some["current"] = {{"to", "host"}};
  EXPECT_THAT(render_status(some, kPlain), HasSubstr("win11 has the seat, switching to host\n"));
}

TEST(RenderStatus, PaintsOnlyWhenAsked) {
  EXPECT_THAT(render_status(status(), kPlain), Not(HasSubstr("\033")));
  EXPECT_THAT(render_status(status(), Style(true)), HasSubstr("\033["));
}

TEST(RenderDevices, TellsAnAbsentDeviceFromAnOptionalOneAndFromTwins) {
  EXPECT_THAT(render_devices(device(R"({"present": false, "owner": null})"), kPlain),
              HasSubstr("not plugged in\n"));
  EXPECT_THAT(
      render_devices(device(R"({"present": false, "owner": null, "optional": true})"), kPlain),
      HasSubstr("not plugged in (optional)\n"));
  EXPECT_THAT(render_devices(device(R"({"owner": null, "problem": "2 devices match"})"), kPlain),
              HasSubstr("2 devices match\n"));
}

TEST(RenderDevices, DoesNotGuessWhoHasADevice) {
  EXPECT_THAT(render_devices(device(R"({"owner": null})"), kPlain), HasSubstr("not known"));
}

TEST(RenderDevices, DoesNotPassOnEscapeSequences) {
  EXPECT_THAT(render_devices(device(R"({"owner": "other:\u001b[2J"})"), kPlain),
              Not(HasSubstr("\033")));
}

TEST(RenderMonitors, SaysHowMuchIsKnown) {
  EXPECT_THAT(render_monitors(monitor(R"({"certainty": "requested"})"), kPlain),
              HasSubstr("requested, not read back yet"));
  EXPECT_THAT(
      render_monitors(monitor(R"({"certainty": "unknown", "input": null, "input_name": null})"),
                      kPlain),
      HasSubstr("not known"));
  EXPECT_THAT(render_monitors(monitor(R"({"present": false})"), kPlain), HasSubstr("not found"));
  EXPECT_THAT(render_monitors(monitor(R"({"problem": "does not answer"})"), kPlain),
              HasSubstr("does not answer"));
}

TEST(RenderMonitors, DoesNotRepeatAnInputWithoutAName) {
  EXPECT_THAT(render_monitors(monitor(R"({"input": "0x90", "input_name": "0x90"})"), kPlain),
              HasSubstr("left     0x90   host"));
}

TEST(GuestsOf, LeavesTheHostOut) {
  const Json guests = guests_of(status());
  ASSERT_EQ(guests.size(), 1U);
  EXPECT_EQ(guests[0]["name"], "win11");
}

}  // namespace
}  // namespace hotseat::cli
