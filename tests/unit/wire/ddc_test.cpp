#include "wire/ddc.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace hotseat::wire {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(SetVcp, IsTheSevenBytesOfTheStandard) {
  EXPECT_EQ(set_vcp(0x60, 0x11), (SetVcp{0x51, 0x84, 0x03, 0x60, 0x00, 0x11, 0xc9}));
}

TEST(SetVcp, CarriesBothBytesOfTheValue) {
  EXPECT_EQ(set_vcp(0x60, 0x1234), (SetVcp{0x51, 0x84, 0x03, 0x60, 0x12, 0x34, 0xfe}));
}

TEST(SetVcp, TakesSourceAddressAndFeatureForMonitorsThatWantOthers) {
  EXPECT_EQ(set_vcp(0xf4, 0x90, 0x50), (SetVcp{0x50, 0x84, 0x03, 0xf4, 0x00, 0x90, 0xdd}));
}

TEST(GetVcp, IsTheFiveBytesOfTheStandard) {
  EXPECT_EQ(get_vcp(0x60), (GetVcp{0x51, 0x82, 0x01, 0x60, 0xdc}));
}

TEST(GetVcp, TakesAnotherSourceAddress) {
  EXPECT_EQ(get_vcp(0xf4, 0x50), (GetVcp{0x50, 0x82, 0x01, 0xf4, 0x49}));
}

struct Sample {
  const char* what;
  Bytes bytes;
  VcpReply reply;
};

class RealReplies : public testing::TestWithParam<Sample> {};

TEST_P(RealReplies, AreUnderstood) {
  const auto reply = parse_vcp_reply(GetParam().bytes, GetParam().reply.feature);
  ASSERT_TRUE(reply) << GetParam().what << ": " << to_string(reply.error());
  EXPECT_EQ(*reply, GetParam().reply);
}

const Sample kSamples[] = {
    {"brightness 50 of 100",
     {0x6e, 0x88, 0x02, 0x00, 0x10, 0x00, 0x00, 0x64, 0x00, 0x32, 0xf2},
     {0x10, false, 100, 50}},
    {"input DisplayPort-1 that AOC calls 0x0305",
     {0x6e, 0x88, 0x02, 0x00, 0x60, 0x00, 0x00, 0x04, 0x03, 0x05, 0xd6},
     {0x60, false, 4, 0x0305}},
    {"MCCS version 2.1",
     {0x6e, 0x88, 0x02, 0x00, 0xdf, 0x00, 0xff, 0xff, 0x02, 0x01, 0x68},
     {0xdf, false, 0xffff, 0x0201}},
    {"a momentary feature, with the rest of a long read behind it",
     {0x6e, 0x88, 0x02, 0x00, 0x04, 0x01, 0x00, 0x01, 0x00, 0x00, 0xb0, 0x00, 0xff},
     {0x04, true, 1, 0}},
};

INSTANTIATE_TEST_SUITE_P(Table, RealReplies, testing::ValuesIn(kSamples));

struct Malformed {
  ReplyFault fault;
  Bytes bytes;
};

class MalformedReplies : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedReplies, AreToldApart) {
  const auto reply = parse_vcp_reply(GetParam().bytes, 0x60);
  ASSERT_FALSE(reply);
  EXPECT_STREQ(to_string(reply.error()), to_string(GetParam().fault));
}

const Malformed kMalformed[] = {
    {ReplyFault::silence, {}},
    {ReplyFault::silence, Bytes(11, 0x00)},
    {ReplyFault::silence, Bytes(11, 0xff)},
    {ReplyFault::null_message, {0x6e, 0x80, 0xbe, 0, 0, 0, 0, 0, 0, 0, 0}},
    {ReplyFault::null_message, {0x6e, 0x80, 0xbe}},
    {ReplyFault::truncated, {0x6e, 0x88}},
    {ReplyFault::truncated, {0x6e, 0x88, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f}},
    {ReplyFault::wrong_source, {0x51, 0x88, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0xf6}},
    {ReplyFault::wrong_length, {0x6e, 0x08, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0x49}},
    {ReplyFault::wrong_length, {0x6e, 0x87, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0xc9, 0x00}},
    {ReplyFault::wrong_length, {0x6e, 0xff, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0xc9}},
    {ReplyFault::bad_checksum, {0x6e, 0x88, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0xc8}},
    {ReplyFault::bad_checksum, {0x6e, 0x80, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0}},
    {ReplyFault::wrong_opcode, {0x6e, 0x88, 0xe3, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0x28}},
    {ReplyFault::wrong_feature, {0x6e, 0x88, 0x02, 0x00, 0x10, 0x00, 0x00, 0x64, 0x00, 0x32, 0xf2}},
    {ReplyFault::unsupported_feature,
     {0x6e, 0x88, 0x02, 0x01, 0x60, 0x00, 0x00, 0x00, 0x00, 0x00, 0xd5}},
    {ReplyFault::bad_result, {0x6e, 0x88, 0x02, 0x02, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0xcb}},
};

INSTANTIATE_TEST_SUITE_P(Table, MalformedReplies, testing::ValuesIn(kMalformed));

TEST(VcpReply, WithAnyOneBitFlippedIsNeverTakenForTheValue) {
  const Bytes good{0x6e, 0x88, 0x02, 0x00, 0x60, 0x00, 0x00, 0x12, 0x00, 0x0f, 0xc9};
  ASSERT_TRUE(parse_vcp_reply(good, 0x60));
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes bad = good;
    bad[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(parse_vcp_reply(bad, 0x60)) << "bit " << bit;
  }
}

TEST(VcpReply, OfRandomBytesIsParsedOnlyWhenItsChecksumHolds) {
  std::mt19937 random(20240229);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes(random() % 16);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    // Every other one starts plausibly, so that the deeper checks are reached.
    if (round % 2 == 0 && bytes.size() > 1) {
      bytes[0] = 0x6e;
      bytes[1] = 0x88;
    }
    if (parse_vcp_reply(bytes, 0x60)) {
      std::uint8_t sum = 0x50;
      for (std::size_t i = 0; i < kVcpReplySize; ++i) sum ^= bytes[i];
      EXPECT_EQ(sum, 0);
    }
  }
}

}  // namespace
}  // namespace hotseat::wire
