#include "apps/cli/render_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;

const Style kPlain(false);

Json monitor(const char* changes) {
  Json monitor = Json::parse(R"({"bus": 3, "manufacturer": "HOT", "model": "HOT24",
      "serial": "SN1", "serial_number": 1, "connector": "card0-DP-1", "mccs": "2.1",
      "inputs": [{"value": "0x0f", "name": "DisplayPort-1"}, {"value": "0x90", "name": "0x90"}],
      "current": "0x0f", "problem": null})");
  monitor.update(Json::parse(changes));
  return monitor;
}

std::string render(const Json& monitors) {
  return render_probe(monitors, kPlain);
}

TEST(RenderProbe, ShowsTheMonitorAndTheLinesForTheConfiguration) {
  EXPECT_EQ(render(Json::array({monitor("{}")})),
            "bus 3: HOT HOT24, serial SN1, on card0-DP-1\n"
            "  inputs: DisplayPort-1 (0x0f), 0x90\n"
            "  now on: DisplayPort-1 (0x0f)\n"
            "  for /etc/hotseat/hotseat.toml:\n"
            "    [[monitor]]\n"
            "    name = \"hot24\"\n"
            "    match = { model = \"HOT24\", serial = \"SN1\" }\n"
            "    inputs = { host = \"DisplayPort-1\" }\n");
}

TEST(RenderProbe, WritesAnInputWithoutANameAsANumber) {
  EXPECT_THAT(render(Json::array({monitor(R"({"current": "0x90"})")})),
              HasSubstr("inputs = { host = 0x90 }"));
}

TEST(RenderProbe, UsesTheSerialNumberWhenThereIsNoText) {
  EXPECT_THAT(render(Json::array({monitor(R"({"serial": "", "serial_number": 4711})")})),
              HasSubstr("serial = \"4711\" }"));
}

TEST(RenderProbe, TellsTwinsApartByConnectorOrElseByBus) {
  const Json twins = Json::array({monitor("{}"), monitor(R"({"bus": 4, "connector": null})")});
  EXPECT_THAT(render(twins), HasSubstr(R"(serial = "SN1", connector = "card0-DP-1" })"));
  EXPECT_THAT(render(twins), HasSubstr(R"(serial = "SN1", bus = 4 })"));
}

TEST(RenderProbe, QuotesWhatTomlWouldMisread) {
  EXPECT_THAT(render(Json::array({monitor(R"({"model": "27\" \\o/"})")})),
              HasSubstr(R"(model = "27\" \\o/")"));
}

TEST(RenderProbe, TellsWhyAMonitorIsOfNoUse) {
  EXPECT_THAT(render(Json::array({monitor(
                  R"({"inputs": [], "current": null, "problem": "does not speak DDC/CI"})")})),
              HasSubstr("does not speak DDC/CI"));
}

TEST(RenderProbe, SaysWhatToTryWhenNothingAnswers) {
  EXPECT_THAT(render(Json::array()), HasSubstr("DDC/CI switched on"));
}

}  // namespace
}  // namespace hotseat::cli
