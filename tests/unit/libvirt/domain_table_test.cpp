#include "adapters/libvirt/domain_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libvirt/libvirt.h>

#include "adapters/libvirt/domain_state.h"
#include "tests/unit/libvirt/few_keys.h"

namespace hotseat::adapters::libvirt {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

DomainSnapshot running(const std::string& name, int id, std::vector<UsbAttachment> usb = {}) {
  return {"uuid-" + name, DomainName{name}, DomainState::running, id, std::move(usb)};
}

DomainSnapshot off(const std::string& name) {
  return {"uuid-" + name, DomainName{name}, DomainState::shutoff, -1, {}};
}

const Domain& domain(const DomainTable& table, const std::string& name) {
  const auto* found = table.find(DomainName{name});
  if (found == nullptr) throw std::runtime_error("no domain " + name);
  return *found;
}

TEST(DomainState, IsOneOfOurs) {
  EXPECT_EQ(domain_state(VIR_DOMAIN_RUNNING), DomainState::running);
  EXPECT_EQ(domain_state(VIR_DOMAIN_BLOCKED), DomainState::running);
  EXPECT_EQ(domain_state(VIR_DOMAIN_PAUSED), DomainState::paused);
  EXPECT_EQ(domain_state(VIR_DOMAIN_PMSUSPENDED), DomainState::paused);
  EXPECT_EQ(domain_state(VIR_DOMAIN_SHUTDOWN), DomainState::stopping);
  EXPECT_EQ(domain_state(VIR_DOMAIN_SHUTOFF), DomainState::shutoff);
  EXPECT_EQ(domain_state(VIR_DOMAIN_CRASHED), DomainState::crashed);
}

TEST(DomainState, AGuestAsleepIsPausedByItsEventToo) {
  EXPECT_EQ(lifecycle_kind(VIR_DOMAIN_EVENT_PMSUSPENDED), DomainEvent::Kind::suspended);
  EXPECT_EQ(lifecycle_kind(VIR_DOMAIN_EVENT_STOPPED), DomainEvent::Kind::stopped);
  EXPECT_EQ(lifecycle_kind(12345), std::nullopt);
}

TEST(DomainState, ACrashedDomainThatIsKeptStillHoldsItsDevices) {
  EXPECT_TRUE(is_active(domain_state(VIR_DOMAIN_CRASHED)));
  EXPECT_FALSE(is_active(domain_state(VIR_DOMAIN_SHUTOFF)));
}

TEST(DomainTable, OrdersStartsByIdWhenFirstSeen) {
  DomainTable table{code_of};
  table.replace({running("b", 7), off("c"), running("a", 9)});
  EXPECT_EQ(domain(table, "b").started, 1U);
  EXPECT_EQ(domain(table, "a").started, 2U);
  EXPECT_EQ(domain(table, "c").started, 0U);
}

TEST(DomainTable, ListsDomainsByName) {
  DomainTable table{code_of};
  table.replace({off("zorg"), off("a b'\"&")});
  std::vector<std::string> names;
  for (const auto& each : table.domains()) names.push_back(each.name.str());
  EXPECT_THAT(names, ElementsAre("a b'\"&", "zorg"));
}

TEST(DomainTable, KeepsTheOrderOfStartsOverAReconnect) {
  DomainTable table{code_of};
  table.replace({off("a"), running("b", 3)});
  table.started("uuid-a", DomainName{"a"});
  table.replace({running("a", 1), running("b", 3)});  // a restarted libvirtd may count anew
  EXPECT_LT(domain(table, "b").started, domain(table, "a").started);
}

TEST(DomainTable, ADomainRestartedWhileNobodyLookedIsTheLatest) {
  DomainTable table{code_of};
  table.replace({running("a", 1), running("b", 2)});
  table.replace({running("a", 5), running("b", 2)});
  EXPECT_GT(domain(table, "a").started, domain(table, "b").started);
}

TEST(DomainTable, ForgetsWhatIsNoLongerListed) {
  DomainTable table{code_of};
  table.replace({running("a", 1), off("b")});
  table.replace({running("a", 1)});
  EXPECT_EQ(table.find(DomainName{"b"}), nullptr);
}

TEST(DomainTable, ADomainThatEndsHoldsNothing) {
  DomainTable table{code_of};
  table.replace({running("a", 1, {{"ua-hotseat-mouse", {1, 2}}})});
  table.state_changed("uuid-a", DomainState::shutoff);
  EXPECT_EQ(domain(table, "a").state, DomainState::shutoff);
  EXPECT_EQ(domain(table, "a").started, 0U);
  EXPECT_THAT(domain(table, "a").usb, IsEmpty());
}

TEST(DomainTable, APausedDomainKeepsItsDevicesAndItsPlace) {
  DomainTable table{code_of};
  table.replace({running("a", 1, {{"ua-hotseat-mouse", {1, 2}}})});
  table.state_changed("uuid-a", DomainState::paused);
  EXPECT_EQ(domain(table, "a").started, 1U);
  EXPECT_EQ(domain(table, "a").usb.size(), 1U);
}

TEST(DomainTable, AStartSeenTwiceCountsOnce) {
  DomainTable table{code_of};
  table.replace({off("a")});
  ASSERT_TRUE(table.update(running("a", 4, {{"hostdev0", {1, 5}}}), table.version("uuid-a")));
  table.started("uuid-a", DomainName{"a"});
  EXPECT_EQ(domain(table, "a").started, 1U);
  EXPECT_EQ(domain(table, "a").usb.size(), 1U);
}

TEST(DomainTable, ADomainNeverRunsWithoutAPlaceInTheOrder) {
  DomainTable table{code_of};
  table.replace({off("a")});
  table.state_changed("uuid-a", DomainState::running);  // its first event
  EXPECT_EQ(domain(table, "a").started, 1U);
  table.started("uuid-a", DomainName{"a"});
  EXPECT_EQ(domain(table, "a").started, 1U);
}

TEST(DomainTable, TakesInADomainItHearsOfByItsStart) {
  DomainTable table{code_of};
  table.started("uuid-new", DomainName{"new"});
  EXPECT_EQ(domain(table, "new").state, DomainState::running);
  EXPECT_NE(table.find_uuid("uuid-new"), nullptr);
}

TEST(DomainTable, EntersAndRemovesDevices) {
  DomainTable table{code_of};
  table.replace({running("a", 1)});
  table.attached("uuid-a", {"ua-hotseat-mouse", {1, 2}});
  table.attached("uuid-a", {"ua-hotseat-mouse", {1, 3}});
  EXPECT_THAT(domain(table, "a").usb, ElementsAre(UsbAttachment{"ua-hotseat-mouse", {1, 3}}));
  table.detached("uuid-a", "ua-hotseat-mouse");
  EXPECT_THAT(domain(table, "a").usb, IsEmpty());
}

TEST(DomainTable, GivesNoDeviceToADomainThatHasEnded) {
  DomainTable table{code_of};
  table.replace({off("a")});
  table.attached("uuid-a", {"ua-hotseat-mouse", {1, 2}});
  EXPECT_THAT(domain(table, "a").usb, IsEmpty());
}

TEST(DomainTable, RefusesWhatWasReadBeforeSomethingHappened) {
  DomainTable table{code_of};
  table.replace({running("a", 1, {{"ua-hotseat-mouse", {1, 2}}})});
  const auto before = table.version("uuid-a");
  table.detached("uuid-a", "ua-hotseat-mouse");
  EXPECT_FALSE(table.update(running("a", 1, {{"ua-hotseat-mouse", {1, 2}}}), before));
  EXPECT_FALSE(table.remove("uuid-a", before));
  EXPECT_THAT(domain(table, "a").usb, IsEmpty());
  EXPECT_TRUE(table.remove("uuid-a", table.version("uuid-a")));
  EXPECT_EQ(table.find(DomainName{"a"}), nullptr);
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
