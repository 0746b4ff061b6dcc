// Which hotkeys the router may follow by itself.
#include "domain/shortcuts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/input_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

Hotkey leads_to(const TargetName& target) {
  Hotkey hotkey;
  hotkey.action = HotkeyAction::switch_to;
  hotkey.target = target;
  return hotkey;
}

Hotkey of(HotkeyAction action) {
  Hotkey hotkey;
  hotkey.action = action;
  return hotkey;
}

class ShortcutsTest : public ::testing::Test {
 protected:
  Shortcuts found() const { return shortcuts(world_, seat_, hotkeys_); }

  World world_ = make_evdev_world();
  Seat seat_ = make_evdev_seat();
  std::vector<Hotkey> hotkeys_{of(HotkeyAction::release), of(HotkeyAction::cycle), leads_to(kWin11),
                               leads_to(kZorg)};
};

TEST_F(ShortcutsTest, LeadToGuestsThatRun) {
  // Zorg is off: it has to be started before anything is typed to it.
  EXPECT_THAT(found(), ElementsAre(Pair(1U, kWin11), Pair(2U, kWin11)));
}

TEST_F(ShortcutsTest, CyclingGoesOnFromTheOwner) {
  world_.owner = kWin11;
  world_.router.route = kWin11;
  domain_of(world_, kZorgDomain).state = DomainState::running;
  EXPECT_THAT(found(), ElementsAre(Pair(1U, kZorg), Pair(3U, kZorg)));
}

TEST_F(ShortcutsTest, NothingThatWouldBeRefused) {
  domain_of(world_, kWin11Domain).state = DomainState::paused;
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(ShortcutsTest, NothingThatHasToWaitForACommand) {
  seat_.host.on_leave = {{{"/usr/bin/may-i-go"}, Milliseconds{1'000}, true}};
  EXPECT_THAT(found(), IsEmpty());
  seat_.host.on_leave[0].required = false;
  EXPECT_THAT(found(), ElementsAre(Pair(1U, kWin11), Pair(2U, kWin11)));
}

TEST_F(ShortcutsTest, NoneWhileDevicesAreTheHostsOwn) {
  world_.router.let_go = true;
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(ShortcutsTest, WithoutForwardedDevicesThereIsNothingToFollow) {
  world_ = make_world();
  seat_ = make_seat();
  EXPECT_THAT(found(), IsEmpty());
}

}  // namespace
}  // namespace hotseat
