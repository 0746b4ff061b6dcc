#include "src/apps/probe/display.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hotseat::probe {
namespace {

TEST(ProbeDocument, SaysWhatIsKnown) {
  Display display;
  display.bus = 3;
  display.manufacturer = "HOT";
  display.model = "HOT24";
  display.serial = "SN0000001";
  display.serial_number = 1;
  display.connector = "card0-DP-1";
  display.mccs = "2.1";
  display.inputs = {0x0f, 0x90};
  display.current = 0x0f;
  EXPECT_EQ(nlohmann::json::parse(to_json({display})), nlohmann::json::parse(R"([{
      "bus": 3, "manufacturer": "HOT", "model": "HOT24", "serial": "SN0000001", "serial_number": 1,
      "connector": "card0-DP-1", "mccs": "2.1",
      "inputs": [{"value": "0x0f", "name": "DisplayPort-1"}, {"value": "0x90", "name": "0x90"}],
      "current": "0x0f", "problem": null}])"));
}

TEST(ProbeDocument, SaysNullWhereNothingIsKnown) {
  Display display;
  display.problem = "does not answer";
  EXPECT_EQ(nlohmann::json::parse(to_json({display})), nlohmann::json::parse(R"([{
      "bus": null, "manufacturer": "", "model": "", "serial": "", "serial_number": 0,
      "connector": null, "mccs": null, "inputs": [], "current": null,
      "problem": "does not answer"}])"));
}

TEST(ProbeDocument, IsAnEmptyListWithoutMonitors) {
  EXPECT_EQ(to_json({}), "[]");
}

TEST(ProbeDocument, StaysValidWhateverAMonitorSends) {
  Display display;
  display.model = "\xff\x80\"\n";
  EXPECT_TRUE(nlohmann::json::accept(to_json({display})));
}

}  // namespace
}  // namespace hotseat::probe
