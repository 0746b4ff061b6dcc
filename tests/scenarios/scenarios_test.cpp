// Every *.scenario file beside this is one test.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/scenarios/scenario.h"

namespace hotseat::testing {
namespace {

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(SCENARIOS)) {
    if (entry.path().extension() == ".scenario") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, Holds) {
  run_scenario(std::string(SCENARIOS) + "/" + GetParam() + ".scenario");
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario, ::testing::ValuesIn(scenario_names()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace hotseat::testing
