// virtkvm's HTTP as web.toml: what is written is what hotseat-web reads, and no more is granted
// than there was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "importers/virtkvm.h"
#include "samples.h"
#include "web/config.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Requester::Kind kWeb = Requester::Kind::web;

web::Config web_of(const Expected<Imported>& imported) {
  EXPECT_TRUE(imported) << to_string(imported.error());
  if (!imported) return {};
  const auto config = web::parse_config(imported->web_toml, "web.toml");
  EXPECT_TRUE(config) << to_string(config.error()) << "\n" << imported->web_toml;
  return config.value_or(web::Config{});
}

std::vector<std::string> addresses_of(const web::Config& config) {
  std::vector<std::string> all;
  for (const auto& address : config.listen) all.push_back(to_string(address));
  return all;
}

Expected<Imported> import(const std::string& http) {
  return import_virtkvm({"config.yaml", "libvirt: {domain: win10}\nhttp: " + http}, true);
}

TEST(WebToml, HoldsTheAddressTheSecretAndTheGuest) {
  const auto imported = import_virtkvm(sample("virtkvm.yaml"), true);
  const web::Config config = web_of(imported);
  EXPECT_THAT(addresses_of(config), ElementsAre("192.168.7.1:5001"));
  ASSERT_TRUE(config.virtkvm);
  EXPECT_EQ(config.virtkvm->secret, "correct horse battery staple");
  EXPECT_EQ(config.virtkvm->guest, "win10");
  EXPECT_THAT(left_out(imported), ElementsAre("2 kvm.usesudo"));
}

TEST(WebToml, TheSecretStandsNowhereElse) {
  const auto imported = import_virtkvm(sample("virtkvm.yaml"), true);
  ASSERT_TRUE(imported);
  EXPECT_THAT(imported->toml, Not(HasSubstr("horse")));
  for (const Choice& choice : imported->choices) EXPECT_THAT(choice.text, Not(HasSubstr("horse")));
}

TEST(WebToml, TheGuestIsWhatItIsCalledInHotseatToml) {
  const auto imported = import_virtkvm(sample("virtkvm-rokups.yaml"), true);
  EXPECT_EQ(web_of(imported).virtkvm->guest, "vm-windows-10");
  EXPECT_THAT(rights_of(seat_of(imported), {kWeb, "virtkvm", {}}),
              ElementsAre("release", "switch:host", "switch:vm-windows-10"));
}

TEST(WebToml, ClientsMayWhatTheyCouldAndNoMore) {
  const Seat seat = seat_of(import_virtkvm(sample("virtkvm.yaml"), true));
  EXPECT_THAT(rights_of(seat, {kWeb, "virtkvm", {}}),
              ElementsAre("release", "switch:host", "switch:win10"));
  EXPECT_EQ(seat.policy.grants.at("web:*"), standard_policy().grants.at("web:*"));
}

TEST(WebToml, WhatOthersReachIsEncryptedAndThatIsTold) {
  const auto imported = import("{address: '0.0.0.0:80', security: {secret: x}}");
  EXPECT_TRUE(web_of(imported).tls);
  EXPECT_THAT(imported->web_toml, HasSubstr("# choice: others reach this address"));
  EXPECT_EQ(imported->choices.back().at, "web.toml: tls");
  for (const char* local : {"{address: '127.0.0.1:5001'}", "{address: '[::1]:5001'}"}) {
    EXPECT_FALSE(web_of(import(local)).tls) << local;
  }
}

TEST(WebToml, LocalhostIsBothOfItsAddresses) {
  const web::Config config = web_of(import("{address: 'localhost:5001'}"));
  EXPECT_THAT(addresses_of(config), ElementsAre("127.0.0.1:5001", "[::1]:5001"));
}

TEST(WebToml, ANameIsNoAddressAndIsReported) {
  const auto imported = import("{address: 'desk.lan:5001', security: {secret: x}}");
  EXPECT_THAT(left_out(imported), ElementsAre("2 http.address"));
  EXPECT_EQ(web_of(imported).virtkvm->secret, "x");
}

TEST(WebToml, WithoutASecretSwitchStaysClosedAndThatIsTold) {
  for (const char* http :
       {"{address: '[::1]:1'}", "{address: '[::1]:1', security: {secret: ''}}"}) {
    const auto imported = import(http);
    EXPECT_FALSE(web_of(imported).virtkvm) << http;
    EXPECT_EQ(imported->choices.back().at, "web.toml: virtkvm") << http;
  }
  EXPECT_THAT(left_out(import("{security: {enabled: false, secret: x}}")),
              ElementsAre("2 http.security.enabled"));
}

TEST(WebToml, AnySecretIsWrittenAsItIs) {
  EXPECT_EQ(web_of(import("{security: {secret: 'a\"b\\\\# é'}}")).virtkvm->secret, "a\"b\\\\# é");
}

TEST(WebToml, NoneIsWrittenWhereHttpIsSwitchedOffOrNotAskedFor) {
  const auto off = import("{enabled: false, address: '[::1]:1', security: {secret: x}}");
  ASSERT_TRUE(off);
  EXPECT_THAT(off->web_toml, IsEmpty());
  EXPECT_TRUE(is_left_out(off, "http.enabled"));
  EXPECT_FALSE(seat_of(off).policy.grants.contains("web:virtkvm"));
  EXPECT_THAT(import_virtkvm(sample("virtkvm.yaml"))->web_toml, IsEmpty());
}

}  // namespace
}  // namespace hotseat::importers
