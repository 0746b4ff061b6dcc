#include "wire/edid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string_view>
#include <vector>

namespace hotseat::wire {
namespace {

using Bytes = std::vector<std::uint8_t>;

void seal(Bytes& block) {
  std::uint8_t sum = 0;
  for (std::size_t i = 0; i < 127; ++i) sum = static_cast<std::uint8_t>(sum + block[i]);
  block[127] = static_cast<std::uint8_t>(0x100 - sum);
}

void put_text(Bytes& block, int descriptor, std::uint8_t tag, std::string_view text) {
  const std::size_t at = 54 + 18 * static_cast<std::size_t>(descriptor);
  std::fill_n(block.begin() + static_cast<std::ptrdiff_t>(at), 18, std::uint8_t{0});
  block[at + 3] = tag;
  for (std::size_t i = 0; i < 13 && i < text.size(); ++i) {
    block[at + 5 + i] = static_cast<std::uint8_t>(text[i]);
  }
  seal(block);
}

// "HOT", product 0x2778, number 0x01020304, one detailed timing and no text.
Bytes bare_edid() {
  Bytes block(128, 0);
  const Bytes head{0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x21,
                   0xf4, 0x78, 0x27, 0x04, 0x03, 0x02, 0x01, 6,    26};
  std::copy(head.begin(), head.end(), block.begin());
  const Bytes timing{0x02, 0x3a, 0x80, 0xfc, 0x71, 'n', 'o', 't',
                     ' ',  'a',  ' ',  't',  'e',  'x', 't'};
  std::copy(timing.begin(), timing.end(), block.begin() + 54);
  seal(block);
  return block;
}

TEST(Edid, GivesIdentityFromTheFixedFields) {
  const auto edid = parse_edid(bare_edid());
  ASSERT_TRUE(edid);
  EXPECT_EQ(*edid, (Edid{"HOT", 0x2778, 0x01020304, "", ""}));
}

TEST(Edid, GivesNameAndSerialFromWhateverDescriptorHoldsThem) {
  Bytes block = bare_edid();
  put_text(block, 3, 0xfc, "HOT24\n       ");
  put_text(block, 1, 0xff, "SN0000001\n   ");
  const auto edid = parse_edid(block);
  ASSERT_TRUE(edid);
  EXPECT_EQ(edid->name, "HOT24");
  EXPECT_EQ(edid->serial, "SN0000001");
}

TEST(Edid, TextMayFillItsFieldWithoutAnEnd) {
  Bytes block = bare_edid();
  put_text(block, 1, 0xfc, "THIRTEEN CHAR");
  EXPECT_EQ(parse_edid(block)->name, "THIRTEEN CHAR");
}

TEST(Edid, TextIsTrimmedAndCleaned) {
  Bytes block = bare_edid();
  put_text(block, 1, 0xfc, std::string_view("  HP 24o \0zzz", 13));
  put_text(block, 2, 0xff,
           "A\x01"
           "B\xff"
           "C");
  const auto edid = parse_edid(block);
  EXPECT_EQ(edid->name, "HP 24o");
  EXPECT_EQ(edid->serial, "A?B?C");
}

TEST(Edid, BlankTextIsNoText) {
  Bytes block = bare_edid();
  put_text(block, 1, 0xff, "             ");
  EXPECT_EQ(parse_edid(block)->serial, "");
}

TEST(Edid, LettersThatAreNoneBecomeQuestionMarks) {
  Bytes block = bare_edid();
  block[8] = 0x7f;
  block[9] = 0xe0;
  seal(block);
  EXPECT_EQ(parse_edid(block)->manufacturer, "???");
}

TEST(Edid, ExtensionBlocksAreIgnored) {
  Bytes block = bare_edid();
  block.resize(256, 0x55);
  EXPECT_TRUE(parse_edid(block));
}

TEST(Edid, CutShortIsRefused) {
  Bytes block = bare_edid();
  block.pop_back();
  EXPECT_EQ(parse_edid(block).error(), EdidFault::too_short);
}

TEST(Edid, AnythingWithoutTheHeaderIsRefused) {
  EXPECT_EQ(parse_edid(Bytes(128, 0x00)).error(), EdidFault::no_header);
  EXPECT_EQ(parse_edid(Bytes(128, 0xff)).error(), EdidFault::no_header);
}

TEST(Edid, ChecksumIsVerified) {
  Bytes block = bare_edid();
  block[12] ^= 1;
  EXPECT_EQ(parse_edid(block).error(), EdidFault::bad_checksum);
}

TEST(Edid, OfRandomBytesNeverReadsBeyondItsBlock) {
  std::mt19937 random(7);
  for (int round = 0; round < 5'000; ++round) {
    Bytes block = bare_edid();
    for (std::size_t i = 8; i < 127; ++i) block[i] = static_cast<std::uint8_t>(random());
    for (std::size_t i = 0; i < 4; ++i) {  // most descriptors are texts, so that they are read
      if (random() % 4 != 0) std::fill_n(block.begin() + 54 + 18 * static_cast<long>(i), 3, 0);
      block[57 + 18 * i] = random() % 2 == 0 ? 0xfc : 0xff;
    }
    seal(block);
    const auto edid = parse_edid(block);
    ASSERT_TRUE(edid);
    EXPECT_EQ(edid->manufacturer.size(), 3U);
    EXPECT_LE(edid->name.size(), 13U);
    EXPECT_LE(edid->serial.size(), 13U);
  }
}

}  // namespace
}  // namespace hotseat::wire
