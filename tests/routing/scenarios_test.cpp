// Every file in scenarios/ beside this is one test.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/routing/script.h"

namespace hotseat::routing {
namespace {

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(SCENARIOS)) {
    if (entry.path().extension() == ".scenario") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Routing : public ::testing::TestWithParam<std::string> {};

TEST_P(Routing, Holds) {
  run_script(std::string(SCENARIOS) + "/" + GetParam() + ".scenario");
}

INSTANTIATE_TEST_SUITE_P(Files, Routing, ::testing::ValuesIn(scenario_names()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace hotseat::routing
