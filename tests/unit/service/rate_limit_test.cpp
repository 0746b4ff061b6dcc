#include "service/rate_limit.h"

#include <gtest/gtest.h>

#include <optional>

namespace hotseat::service {
namespace {

using namespace std::chrono_literals;
using Told = std::optional<std::size_t>;  // and how many were held back before

constexpr ports::Instant kStart{1h};

class RateLimitTest : public ::testing::Test {
 protected:
  void use_up(const std::string& whose) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(limit_.admit(whose, kStart), Told{0});
  }
  RateLimit limit_{3, 10s};
};

TEST_F(RateLimitTest, SoManyGoThroughAtOnceAndNoMore) {
  use_up("alice");
  EXPECT_EQ(limit_.admit("alice", kStart), std::nullopt);
  EXPECT_EQ(limit_.admit("alice", kStart + 9s), std::nullopt);
}

TEST_F(RateLimitTest, OneNowAndThenGoesThroughAndCountsTheOthers) {
  use_up("alice");
  limit_.admit("alice", kStart);
  limit_.admit("alice", kStart + 1s);
  EXPECT_EQ(limit_.admit("alice", kStart + 10s), Told{2});
  EXPECT_EQ(limit_.admit("alice", kStart + 10s), std::nullopt);
  EXPECT_EQ(limit_.admit("alice", kStart + 20s), Told{1});
}

TEST_F(RateLimitTest, WhoHasBeenQuietForLongMayAsManyAgain) {
  use_up("alice");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit_.admit("alice", kStart + 30s), Told{0});
  EXPECT_EQ(limit_.admit("alice", kStart + 30s), std::nullopt);
}

TEST_F(RateLimitTest, NobodyPaysForAnother) {
  use_up("alice");
  EXPECT_EQ(limit_.admit("bob", kStart), Told{0});
}

TEST_F(RateLimitTest, WhoIsQuietIsForgottenUnlessSomethingIsLeftToTell) {
  use_up("alice");
  use_up("bob");
  limit_.admit("bob", kStart);
  limit_.admit("carol", kStart + 1min);
  EXPECT_EQ(limit_.remembered(), 2U);
  EXPECT_EQ(limit_.admit("bob", kStart + 1min), Told{1});
}

}  // namespace
}  // namespace hotseat::service
