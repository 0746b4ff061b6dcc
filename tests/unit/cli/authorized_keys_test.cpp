// The file that lets keys in.
#include "apps/cli/authorized_keys.h"

#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

constexpr const char* kKey = "ssh-ed25519 AAAAC3Nza hotseat:laptop\n";
constexpr const char* kLine =
    "restrict,command=\"/usr/bin/hotseat ssh-door laptop\" ssh-ed25519 AAAAC3Nza hotseat:laptop\n";

TEST(AuthorizedKeys, AKeyRunsTheDoorAndNothingElse) {
  EXPECT_EQ(authorized_line("/usr/bin/hotseat", "laptop", "", kKey), kLine);
}

// What is appended to a public key could be another one.
TEST(AuthorizedKeys, OneLineOnly) {
  EXPECT_EQ(authorized_line("/usr/bin/hotseat", "laptop", "", std::string(kKey) + "ssh-rsa EVIL\n"),
            kLine);
}

TEST(AuthorizedKeys, AKeyMayDoOneThingOnly) {
  const std::string line = authorized_line("/usr/bin/hotseat", "laptop", "switch host", kKey);
  EXPECT_EQ(line,
            "restrict,command=\"/usr/bin/hotseat ssh-door laptop switch host\" ssh-ed25519 "
            "AAAAC3Nza hotseat:laptop\n");
  EXPECT_EQ(without_key(line + kLine, "laptop"), "");
}

// The last line of the file was another key's, and would have become longer.
TEST(AuthorizedKeys, WhatComesStandsOnALineOfItsOwn) {
  EXPECT_EQ(with_key("ssh-rsa CCCC me", "laptop", kLine), std::string("ssh-rsa CCCC me\n") + kLine);
  EXPECT_EQ(with_key(std::string("ssh-rsa CCCC me\n") + kLine, "laptop", kLine),
            std::string("ssh-rsa CCCC me\n") + kLine);
  EXPECT_EQ(with_key("", "laptop", kLine), kLine);
}

TEST(AuthorizedKeys, OnlyItsOwnLinesGo) {
  const std::string other =
      "restrict,command=\"/usr/bin/hotseat ssh-door my-laptop\" ssh-ed25519 BBBB x\n";
  const std::string by_hand = "# hotseat ssh-door laptop\" is not a key\nssh-rsa CCCC me\n";
  EXPECT_EQ(without_key(by_hand + kLine + other, "laptop"), by_hand + other);
  EXPECT_EQ(without_key(by_hand + other, "laptop"), by_hand + other);
  EXPECT_EQ(without_key("", "laptop"), "");
}

TEST(AuthorizedKeys, AFileWithoutAnEndOfLineKeepsItsLastLine) {
  EXPECT_EQ(without_key("ssh-rsa CCCC me", "laptop"), "ssh-rsa CCCC me");
}

}  // namespace
}  // namespace hotseat::cli
