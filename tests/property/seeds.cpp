#include "tests/property/seeds.h"

#include <cstdlib>

namespace hotseat::property {

void for_seeds(std::uint64_t count, const std::function<void(std::uint64_t seed)>& body) {
  std::uint64_t first = 1;
  if (const char* many = std::getenv("HOTSEAT_SEEDS")) count = std::strtoull(many, nullptr, 10);
  if (const char* only = std::getenv("HOTSEAT_SEED")) {
    first = std::strtoull(only, nullptr, 10);
    count = first;
  }
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test->test_suite_name()) + "." + test->name();
  for (std::uint64_t seed = first; seed <= count; ++seed) {
    SCOPED_TRACE("again: HOTSEAT_SEED=" + std::to_string(seed) +
                 " property --gtest_filter=" + name);
    body(seed);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace hotseat::property
