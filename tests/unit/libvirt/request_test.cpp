#include "adapters/libvirt/request.h"

#include <gtest/gtest.h>

#include "tests/unit/libvirt/few_keys.h"

namespace hotseat::adapters::libvirt {
namespace {

const DomainName kWin11{"win11"};
const Request kStart{Request::Kind::start, kWin11, {}, {}};
const Request kAttach{Request::Kind::attach, kWin11, {1, 7}, "ua-hotseat-keyboard"};
const Request kDetach{Request::Kind::detach, kWin11, {}, "ua-hotseat-keyboard"};

DomainTable table_with(DomainState state, std::vector<UsbAttachment> usb) {
  DomainTable table{code_of};
  table.replace({{"uuid", kWin11, state, state == DomainState::shutoff ? -1 : 3, std::move(usb)}});
  return table;
}

TEST(Standing, AnAddressHeldUnderAnyAliasNeedsNoAttaching) {
  const auto table = table_with(DomainState::running, {{"hostdev0", {1, 7}}});
  EXPECT_EQ(standing(kAttach, table, false), Standing::done);
}

TEST(Standing, AnAliasOfAnotherAddressCannotBeAttached) {
  const auto table = table_with(DomainState::running, {{"ua-hotseat-keyboard", {1, 6}}});
  EXPECT_EQ(standing(kAttach, table, false), Standing::impossible);
}

TEST(Standing, OnlyAFreshTableSaysThatADeviceIsOut) {
  const auto table = table_with(DomainState::running, {});
  EXPECT_EQ(standing(kDetach, table, false), Standing::to_do);
  EXPECT_EQ(standing(kDetach, table, true), Standing::done);
}

TEST(Standing, OnlyAFreshTableSaysThatADomainRuns) {
  const auto table = table_with(DomainState::running, {});
  EXPECT_EQ(standing(kStart, table, false), Standing::to_do);
  EXPECT_EQ(standing(kStart, table, true), Standing::done);
}

TEST(Standing, AnUnknownDomainIsLibvirtsToRefuse) {
  const DomainTable table{code_of};
  EXPECT_EQ(standing(kAttach, table, true), Standing::to_do);
  EXPECT_EQ(standing(kStart, table, true), Standing::to_do);
  EXPECT_EQ(standing(kDetach, table, true), Standing::done);
}

TEST(Outcome, OfTheDomainsEndIsThatDevicesAreOut) {
  const DomainEvent stopped{DomainEvent::Kind::stopped, kWin11, "uuid", {}};
  EXPECT_TRUE(outcome(kDetach, stopped).value());
  EXPECT_FALSE(outcome(kAttach, stopped).value());
  EXPECT_EQ(outcome(kStart, stopped), std::nullopt);  // of the run before
}

TEST(Outcome, OfADeviceConcernsItsRemovalAlone) {
  const DomainEvent removed{DomainEvent::Kind::device_removed, kWin11, "uuid", kDetach.alias};
  const DomainEvent refused{DomainEvent::Kind::removal_failed, kWin11, "uuid", kDetach.alias};
  const DomainEvent other{DomainEvent::Kind::device_removed, kWin11, "uuid", "ua-hotseat-mouse"};
  EXPECT_TRUE(outcome(kDetach, removed).value());
  EXPECT_FALSE(outcome(kDetach, refused).value());
  EXPECT_EQ(outcome(kDetach, other), std::nullopt);
  EXPECT_EQ(outcome(kAttach, removed), std::nullopt);
}

TEST(Record, EntersAnAttachment) {
  auto table = table_with(DomainState::running, {});
  record(kAttach, {Verdict::done, {}, "uuid", std::nullopt}, table);
  ASSERT_EQ(table.find(kWin11)->usb.size(), 1U);
  EXPECT_EQ(table.find(kWin11)->usb.front(), (UsbAttachment{"ua-hotseat-keyboard", {1, 7}}));
}

TEST(Record, KeepsTheAliasThatADeviceWasFoundUnder) {
  auto table = table_with(DomainState::running, {{"hostdev0", {1, 7}}});
  const DomainSnapshot found{"uuid", kWin11, DomainState::running, 3, {{"hostdev0", {1, 7}}}};
  record(kAttach, {Verdict::done, {}, "uuid", found}, table);
  EXPECT_EQ(table.find(kWin11)->usb.size(), 1U);
}

TEST(Record, KnowsNothingOfADomainThatIsGone) {
  DomainTable table{code_of};
  record(kDetach, {Verdict::done, {}, "", std::nullopt}, table);
  EXPECT_TRUE(table.domains().empty());
}

TEST(Context, SaysWhatWasBeingDone) {
  EXPECT_EQ(context_of(kStart), "start win11");
  EXPECT_EQ(context_of(kAttach), "attach 1:7 to win11");
  EXPECT_EQ(context_of(kDetach), "detach ua-hotseat-keyboard from win11");
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
