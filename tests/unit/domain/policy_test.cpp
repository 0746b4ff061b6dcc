// Who may do what.
#include "domain/policy.h"

#include <gtest/gtest.h>

#include "domain/seat.h"

namespace hotseat {
namespace {

using Kind = Requester::Kind;

const TargetName kWin11{"win11"};
const TargetName kZorg{"zorg"};
const Wish kToWin11{Verb::switch_to, kWin11};
const Wish kToHost{Verb::switch_to, kHost};
const Wish kNext{Verb::next, {}};
const Wish kRelease{Verb::release, {}};
const Wish kStatus{Verb::status, {}};
const Wish kReload{Verb::reload, {}};
const std::vector<Wish> kAll{kToWin11, kToHost, kNext, kRelease, kStatus, kReload};

// One letter for each of kAll: '+' allowed, '-' not.
std::string table(const Requester& who, const Policy& policy = standard_policy()) {
  std::string text;
  for (const Wish& wish : kAll) text += decide(policy, who, wish).allowed ? '+' : '-';
  return text;
}

TEST(Policy, Standard) {
  EXPECT_EQ(table({Kind::root, "root", {}}), "++++++");
  EXPECT_EQ(table({Kind::user, "alice", {"users", "hotseat"}}), "++++++");
  EXPECT_EQ(table({Kind::user, "mallory", {"users"}}), "------");
  EXPECT_EQ(table({Kind::web, "phone", {}}), "+++++-");
  EXPECT_EQ(table({Kind::guest, "win11", {}}), "-+-+--");
  EXPECT_EQ(table({Kind::ssh, "laptop", {}}), "------");
}

TEST(Policy, AnEntryOfOnesOwnTakesThePlaceOfTheOneForAll) {
  Policy policy = standard_policy();
  policy.grants["web:phone"] = {{Verb::status, {}}};
  EXPECT_EQ(table({Kind::web, "phone", {}}, policy), "----+-");
  EXPECT_EQ(table({Kind::web, "tablet", {}}, policy), "+++++-");
  policy.grants["guest:win11"] = {};
  EXPECT_EQ(table({Kind::guest, "win11", {}}, policy), "------");
}

TEST(Policy, AUserHasWhatItsGroupsHaveToo) {
  Policy policy;
  policy.grants["user:alice"] = {{Verb::status, {}}};
  policy.grants["group:video"] = {{Verb::switch_to, kWin11}};
  EXPECT_EQ(table({Kind::user, "alice", {"video"}}, policy), "+---+-");
}

// Names never mean something of another kind.
TEST(Policy, KindsAreKeptApart) {
  Policy policy;
  policy.grants["user:phone"] = {{Verb::switch_to, {}}};
  policy.grants["group:phone"] = {{Verb::switch_to, {}}};
  EXPECT_EQ(table({Kind::web, "phone", {}}, policy), "------");
  EXPECT_EQ(table({Kind::guest, "phone", {}}, policy), "------");
  policy.grants["web:*"] = {{Verb::switch_to, {}}};
  EXPECT_EQ(table({Kind::user, "*", {}}, policy), "------");
}

TEST(Policy, WhoMaySwitchToAGuestMaySayThatItStarts) {
  Policy policy;
  policy.grants["user:alice"] = {{Verb::switch_to, kWin11}};
  policy.grants["user:bob"] = {{Verb::next, {}}, {Verb::release, {}}, {Verb::status, {}}};
  const Requester alice{Kind::user, "alice", {}}, bob{Kind::user, "bob", {}};
  EXPECT_TRUE(decide(policy, alice, {Verb::announce, kWin11}).allowed);
  EXPECT_FALSE(decide(policy, alice, {Verb::announce, kZorg}).allowed);
  EXPECT_FALSE(decide(policy, bob, {Verb::announce, kWin11}).allowed);
  EXPECT_EQ(to_string(Wish{Verb::announce, kWin11}), "tell that win11 starts or has ended");
}

TEST(Policy, TheReasonNamesTheEntry) {
  const Requester alice{Kind::user, "alice", {"hotseat"}};
  EXPECT_EQ(decide(standard_policy(), alice, kNext).why, "group:hotseat may");
  EXPECT_EQ(decide(standard_policy(), {Kind::guest, "zorg", {}}, kNext).why, "guest:zorg may not");
}

TEST(Policy, Words) {
  EXPECT_EQ(parse_permission("switch", {}), (Permission{Verb::switch_to, {}}));
  EXPECT_EQ(parse_permission("switch:zorg", {}), (Permission{Verb::switch_to, kZorg}));
  EXPECT_EQ(parse_permission("switch:self", kZorg), (Permission{Verb::switch_to, kZorg}));
  EXPECT_EQ(parse_permission("reload", {}), (Permission{Verb::reload, {}}));
  for (const char* word : {"switch:self", "switch:", "power", "", "Switch", "status:host"}) {
    EXPECT_FALSE(parse_permission(word, {})) << word;
  }
}

}  // namespace
}  // namespace hotseat
