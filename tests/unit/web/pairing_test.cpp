#include "web/pairing.h"

#include <gtest/gtest.h>

#include <set>

namespace hotseat::web {
namespace {

class PairingTest : public ::testing::Test {
 protected:
  std::string begin(const std::string& name = "phone") {
    return pairing_.begin(name, random_bytes, now_);
  }
  Pairing pairing_;
  Moment now_{0};
};

TEST_F(PairingTest, ACodeIsGoodOnce) {
  const std::string code = begin();
  ASSERT_EQ(code.size(), 9U);
  EXPECT_EQ(pairing_.redeem(code, now_), "phone");
  EXPECT_EQ(pairing_.redeem(code, now_), std::nullopt);
}

TEST_F(PairingTest, ForTenMinutes) {
  const std::string code = begin();
  EXPECT_TRUE(pairing_.any(now_ + kPairingTime - Moment{1}));
  EXPECT_EQ(pairing_.redeem(code, now_ + kPairingTime), std::nullopt);
}

TEST_F(PairingTest, HoweverItIsTyped) {
  const auto fixed = [](std::size_t count) { return std::string(count, '\1'); };  // "1111-1111"
  pairing_.begin("phone", fixed, now_);
  EXPECT_EQ(pairing_.redeem("l1I1 i1L1", now_), "phone");
  EXPECT_EQ(pairing_.redeem(std::string(100'000, '1'), now_), std::nullopt);
}

TEST_F(PairingTest, TwentyGuessesEndIt) {
  const std::string code = begin();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(pairing_.redeem("0000-000U", now_), std::nullopt);
  EXPECT_EQ(pairing_.redeem(code, now_), std::nullopt);
  EXPECT_EQ(pairing_.redeem(begin(), now_), "phone");
}

TEST_F(PairingTest, EightStandAtATime) {
  const std::string first = begin("first");
  for (int i = 0; i < 7; ++i) begin();
  const std::string last = begin("last");
  EXPECT_EQ(pairing_.redeem(first, now_), std::nullopt);
  EXPECT_EQ(pairing_.redeem(last, now_), "last");
}

TEST_F(PairingTest, CodesDiffer) {
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) codes.insert(begin());
  EXPECT_EQ(codes.size(), 1000U);
}

}  // namespace
}  // namespace hotseat::web
