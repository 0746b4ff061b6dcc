#include <gtest/gtest.h>
#include <stdio.h>
#include <sys/wait.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/integration/ddc/ddcmon.h"

namespace hotseat::lab {
namespace {

nlohmann::json probe() {
  FILE* pipe = popen(HOTSEAT_PROBE " 2>/dev/null", "r");
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), size);
  }
  EXPECT_EQ(WEXITSTATUS(pclose(pipe)), 0);
  return nlohmann::json::parse(text);
}

nlohmann::json monitor(const nlohmann::json& found, const std::string& model) {
  for (const auto& one : found) {
    if (one["model"] == model) return one;
  }
  ADD_FAILURE() << "no " << model << " in " << found;
  return nlohmann::json::object();
}

TEST(LabProbe, ListsMonitorsAndTheirInputs) {
  DdcMon(0).reset(0x11);
  DdcMon(1).reset(0x0f);
  const auto found = probe();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(monitor(found, "HOT24"),
            (nlohmann::json{{"bus", DdcMon(0).bus()},
                            {"manufacturer", "HOT"},
                            {"model", "HOT24"},
                            {"serial", "HOT24-A0001"},
                            {"serial_number", 0x24000001},
                            {"connector", nullptr},
                            {"mccs", "2.1"},
                            {"inputs",
                             {{{"value", "0x01"}, {"name", "VGA-1"}},
                              {{"value", "0x03"}, {"name", "DVI-1"}},
                              {{"value", "0x0f"}, {"name", "DisplayPort-1"}},
                              {{"value", "0x11"}, {"name", "HDMI-1"}}}},
                            {"current", "0x11"},
                            {"problem", nullptr}}));
  EXPECT_EQ(monitor(found, "HOT27")["current"], "0x0f");
}

TEST(LabProbe, ListsAMonitorThatDoesNotAnswerWithItsProblem) {
  DdcMon(0).reset(0x0f);
  DdcMon(1).reset(0x0f);
  DdcMon(0).fault("nack");
  const auto found = probe();
  DdcMon(0).fault("none");
  ASSERT_EQ(found.size(), 2U);
  for (const auto& one : found) EXPECT_EQ(one["problem"].is_null(), one["model"] == "HOT27");
}

}  // namespace
}  // namespace hotseat::lab
