#include "tests/contract/input_router_contract.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace hotseat::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(InputRouterContract);

namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

const TargetName kWin11{"win11"};

// KEY_ESC, KEY_LEFTCTRL, KEY_LEFTALT; KEY_F14.
Hotkey release_hotkey() {
  Hotkey hotkey;
  hotkey.action = HotkeyAction::release;
  hotkey.keys = {1, 29, 56};
  hotkey.from = "release";
  return hotkey;
}

Hotkey win11_hotkey() {
  Hotkey hotkey;
  hotkey.action = HotkeyAction::switch_to;
  hotkey.target = kWin11;
  hotkey.keys = {184};
  hotkey.from = "win11";
  return hotkey;
}

}  // namespace

void InputRouterContract::observe() {
  rig_->router().observe(
      {[this](const RouterStatus& status) {
         const bool moved = states_.empty() || states_.back().route != status.route;
         if (moved) told_.push_back("route " + status.route.str());
         states_.push_back(status);
       },
       [this](const Hotkey& hotkey) { told_.push_back("hotkey " + hotkey.from); }});
}

InputSetup InputRouterContract::setup() {
  InputSetup setup;
  setup.sources = {{"keyboard", DeviceName{"keyboard"}, rig_->node(), {}}};
  setup.targets = {{kHost, "host", {}}, {kWin11, "win 11", {}}};
  setup.hotkeys = {release_hotkey(), win11_hotkey()};
  return setup;
}

void InputRouterContract::start() {
  observe();
  rig_->router().configure(setup());
  ASSERT_TRUE(rig_->run_until([this] { return !states_.empty() && is_routed(); }));
}

bool InputRouterContract::is_routed() const {
  const auto& sources = states_.back().sources;
  return sources.size() == 1 && sources[0].state == SourceState::routed;
}

bool InputRouterContract::seen_routed_to(const TargetName& target) {
  return rig_->run_until([&] { return states_.back().route == target; });
}

bool InputRouterContract::route(const TargetName& target) {
  Answer answer;
  rig_->router().route(target, answer.taker());
  return rig_->run_until([&] { return answer.came(); }) && answer.ok();
}

TEST_P(InputRouterContract, first_status_is_the_hosts_and_empty) {
  observe();
  EXPECT_TRUE(states_.empty()) << "called back from inside observe()";
  ASSERT_TRUE(rig_->run_until([this] { return !states_.empty(); }));
  EXPECT_EQ(states_[0].route, kHost);
  EXPECT_THAT(states_[0].sources, IsEmpty());
  EXPECT_FALSE(states_[0].let_go);
}

TEST_P(InputRouterContract, configured_source_is_routed_and_every_target_has_its_clone) {
  start();
  EXPECT_THAT(states_.back().clones.all(), IsSupersetOf({"host-keyboard", "win 11-keyboard"}));
  EXPECT_EQ(states_.back().sources[0].problem, "");
}

TEST_P(InputRouterContract, status_shows_the_route_before_the_answer) {
  start();
  Answer answer;
  TargetName at_answer{"nobody"};
  rig_->router().route(kWin11, [&](const Expected<void>& result) {
    at_answer = states_.back().route;
    answer.taker()(result);
  });
  EXPECT_FALSE(answer.came()) << "called back from inside route()";
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok());
  EXPECT_EQ(at_answer, kWin11);
  rig_->run_a_while();
  EXPECT_EQ(answer.count(), 1);
}

TEST_P(InputRouterContract, unknown_target_is_refused_and_changes_nothing) {
  start();
  Answer answer;
  rig_->router().route(TargetName{"zorg"}, answer.taker());
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().object, "zorg");
  EXPECT_EQ(states_.back().route, kHost);
}

TEST_P(InputRouterContract, release_is_told_before_the_route_it_has_changed) {
  start();
  ASSERT_TRUE(route(kWin11));
  told_.clear();
  rig_->press(release_hotkey());
  ASSERT_TRUE(seen_routed_to(kHost));
  EXPECT_THAT(told_, ElementsAre("hotkey release", "route host"));
}

TEST_P(InputRouterContract, other_hotkeys_only_tell) {
  start();
  rig_->press(win11_hotkey());
  ASSERT_TRUE(rig_->run_until([this] { return told_.back() == "hotkey win11"; }));
  rig_->run_a_while();
  EXPECT_EQ(states_.back().route, kHost);
}

TEST_P(InputRouterContract, shortcut_is_followed_before_it_is_told) {
  start();
  rig_->router().set_shortcuts({{1, kWin11}});
  rig_->press(win11_hotkey());
  ASSERT_TRUE(seen_routed_to(kWin11));
  EXPECT_THAT(told_, ElementsAre("route host", "hotkey win11", "route win11"));
  ASSERT_TRUE(route(kHost));
  rig_->router().set_shortcuts({});
  rig_->press(win11_hotkey());
  rig_->run_a_while();
  EXPECT_EQ(states_.back().route, kHost);
  EXPECT_EQ(told_.back(), "hotkey win11");
}

TEST_P(InputRouterContract, other_hotkeys_have_no_shortcuts) {
  start();
  rig_->router().set_shortcuts({{1, kWin11}});
  InputSetup other = setup();
  other.hotkeys[1].keys = {185};  // KEY_F15
  rig_->router().configure(other);
  rig_->run_a_while();
  rig_->press(other.hotkeys[1]);
  ASSERT_TRUE(rig_->run_until([this] { return told_.back() == "hotkey win11"; }));
  rig_->run_a_while();
  EXPECT_EQ(states_.back().route, kHost);
}

TEST_P(InputRouterContract, clones_of_a_target_that_is_gone_go_too) {
  start();
  InputSetup without = setup();
  without.targets.pop_back();
  rig_->router().configure(without);
  ASSERT_TRUE(rig_->run_until(
      [this] { return states_.back().clones.all() == std::vector<std::string>{"host-keyboard"}; }));
  rig_->router().configure(setup());
  ASSERT_TRUE(rig_->run_until([this] { return states_.back().clones.all().size() == 2; }));
  EXPECT_TRUE(route(kWin11));
}

TEST_P(InputRouterContract, clones_of_strangers_stay_while_nobody_knows_them) {
  start();
  InputSetup unknown = setup();
  unknown.targets.pop_back();
  unknown.keeps_strangers = true;
  rig_->router().configure(unknown);
  ASSERT_TRUE(route(kHost));
  rig_->run_a_while();
  EXPECT_THAT(states_.back().clones.all(), Contains("win 11-keyboard"));
  unknown.keeps_strangers = false;
  rig_->router().configure(unknown);
  EXPECT_TRUE(rig_->run_until(
      [this] { return states_.back().clones.all() == std::vector<std::string>{"host-keyboard"}; }));
}

TEST_P(InputRouterContract, clones_of_a_target_that_has_the_seat_stay) {
  start();
  ASSERT_TRUE(route(kWin11));
  InputSetup without = setup();
  without.targets.pop_back();
  rig_->router().configure(without);
  rig_->run_a_while();
  EXPECT_THAT(states_.back().clones.all(), Contains("win 11-keyboard"));
}

TEST_P(InputRouterContract, watched_device_is_heard_and_nothing_else) {
  observe();
  InputSetup only_watched = setup();
  for (const InputSource& source : std::exchange(only_watched.sources, {})) {
    only_watched.watched.push_back({source.device, source.node});
  }
  rig_->router().configure(only_watched);
  ASSERT_TRUE(route(kHost));  // what was ordered before has been done
  rig_->press(win11_hotkey());
  ASSERT_TRUE(rig_->run_until([this] { return !told_.empty() && told_.back() == "hotkey win11"; }));
  EXPECT_THAT(states_.back().sources, IsEmpty());
  EXPECT_THAT(states_.back().clones.all(), IsEmpty());
  EXPECT_THAT(states_.back().problems, IsEmpty());
}

TEST_P(InputRouterContract, same_setup_again_changes_nothing) {
  start();
  ASSERT_TRUE(route(kWin11));
  rig_->run_a_while();
  const RouterStatus before = states_.back();
  rig_->router().configure(setup());
  rig_->run_a_while();
  EXPECT_EQ(states_.back(), before);
}

TEST_P(InputRouterContract, clones_outlive_their_source) {
  start();
  InputSetup without = setup();
  without.sources.clear();
  rig_->router().configure(without);
  ASSERT_TRUE(rig_->run_until([this] { return states_.back().sources.empty(); }));
  EXPECT_THAT(states_.back().clones.all(), Contains("win 11-keyboard"));
  rig_->router().configure(setup());
  ASSERT_TRUE(rig_->run_until([this] { return is_routed(); }));
  EXPECT_THAT(states_.back().clones.all(), SizeIs(2));
}

TEST_P(InputRouterContract, source_back_under_its_name_is_taken_again) {
  start();
  rig_->replug();
  rig_->run_a_while();
  ASSERT_TRUE(rig_->run_until([this] { return is_routed(); }));
  rig_->press(win11_hotkey());
  EXPECT_TRUE(rig_->run_until([this] { return told_.back() == "hotkey win11"; }));
}

}  // namespace hotseat::contract
