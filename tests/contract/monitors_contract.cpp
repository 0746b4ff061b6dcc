#include "tests/contract/monitors_contract.h"

#include <algorithm>

namespace hotseat::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(MonitorsContract);

MonitorSpec MonitorsContract::spec(const MonitorName& name) const {
  MonitorSpec spec;
  spec.name = name;
  spec.match = rig_->match_of(name.str());
  spec.inputs = {{kHost, kDisplayPort1}};
  return spec;
}

void MonitorsContract::observe_both() {
  rig_->monitors().observe(
      [this](const std::vector<MonitorStatus>& list) { lists_.push_back(list); });
  EXPECT_TRUE(lists_.empty()) << "called back from inside observe()";
  rig_->monitors().configure({spec(left_), spec(right_)});
}

const MonitorStatus& MonitorsContract::status(const MonitorName& name) const {
  static const MonitorStatus unknown;
  if (lists_.empty()) return unknown;
  const auto& list = lists_.back();
  auto found = std::find_if(list.begin(), list.end(),
                            [&](const MonitorStatus& one) { return one.name == name; });
  return found == list.end() ? unknown : *found;
}

bool MonitorsContract::status_is(const MonitorName& name,
                                 const std::function<bool(const MonitorStatus&)>& condition) {
  return rig_->run_until([&] { return condition(status(name)); });
}

bool MonitorsContract::certain(const MonitorName& name, InputCertainty certainty) {
  return status_is(name, [&](const MonitorStatus& now) { return now.certainty == certainty; });
}

void MonitorsContract::set(const MonitorName& name, std::uint8_t input, Answer& answer) {
  rig_->monitors().set_input(name, input, kDeadline, answer.taker());
  EXPECT_FALSE(answer.came()) << "called back from inside set_input()";
}

void MonitorsContract::expect_never_verified(const MonitorName& name) {
  const std::size_t before = lists_.size();
  EXPECT_TRUE(status_is(name, [](const MonitorStatus& now) { return !now.problem.empty(); }));
  for (std::size_t i = before; i < lists_.size(); ++i) {
    for (const MonitorStatus& one : lists_[i]) {
      if (one.name != name) continue;
      EXPECT_NE(one.certainty, InputCertainty::verified);
    }
  }
}

TEST_P(MonitorsContract, both_are_found_and_their_inputs_read) {
  observe_both();
  for (const MonitorName& name : {left_, right_}) {
    ASSERT_TRUE(certain(name, InputCertainty::verified)) << name.str();
    EXPECT_TRUE(status(name).present);
    EXPECT_TRUE(status(name).bus.has_value());
    EXPECT_EQ(status(name).input, kDisplayPort1);
    EXPECT_EQ(status(name).problem, "");
  }
  EXPECT_NE(status(left_).bus, status(right_).bus);
}

TEST_P(MonitorsContract, a_set_is_requested_first_and_verified_later) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  ASSERT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_EQ(rig_->shown_by("left"), kHdmi1);
  ASSERT_TRUE(status_is(left_, [](const MonitorStatus& now) { return now.input == kHdmi1; }));
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  const bool was_requested =
      std::any_of(lists_.begin(), lists_.end(), [&](const std::vector<MonitorStatus>& list) {
        return std::any_of(list.begin(), list.end(), [&](const MonitorStatus& one) {
          return one.name == left_ && one.input == kHdmi1 &&
                 one.certainty == InputCertainty::requested;
        });
      });
  EXPECT_TRUE(was_requested);
  EXPECT_EQ(status(right_).input, kDisplayPort1);
}

TEST_P(MonitorsContract, the_last_of_two_sets_in_a_row_is_what_shows) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  Answer first;
  Answer second;
  set(left_, kHdmi1, first);
  set(left_, kDisplayPort1, second);
  ASSERT_TRUE(rig_->run_until([&] { return first.came() && second.came(); }));
  EXPECT_TRUE(second.ok()) << to_string(second.error());
  EXPECT_TRUE(status_is(left_, [](const MonitorStatus& now) {
    return now.input == kDisplayPort1 && now.certainty == InputCertainty::verified;
  }));
  EXPECT_EQ(rig_->shown_by("left"), kDisplayPort1);
}

TEST_P(MonitorsContract, a_monitor_that_does_not_acknowledge_is_an_error_that_names_it) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  rig_->make_faulty("left", MonitorFault::nack);
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(to_string(answer.error()).find("left"), std::string::npos) << to_string(answer.error());
  EXPECT_NE(answer.error().hint, "");
  EXPECT_EQ(rig_->shown_by("left"), kDisplayPort1);
}

TEST_P(MonitorsContract, a_mute_monitor_obeys_and_is_never_verified) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  rig_->make_faulty("left", MonitorFault::mute);
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_EQ(rig_->shown_by("left"), kHdmi1);
  expect_never_verified(left_);
}

TEST_P(MonitorsContract, a_monitor_that_ignores_a_set_is_never_verified) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  rig_->make_faulty("left", MonitorFault::ignore);
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  expect_never_verified(left_);
}

TEST_P(MonitorsContract, a_wrong_read_back_is_never_verified) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  rig_->make_faulty("left", MonitorFault::misread);
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  expect_never_verified(left_);
}

TEST_P(MonitorsContract, a_monitor_that_reverts_is_never_verified) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  rig_->make_faulty("left", MonitorFault::revert);
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  expect_never_verified(left_);
  EXPECT_EQ(rig_->shown_by("left"), kDisplayPort1);
}

TEST_P(MonitorsContract, a_slow_monitor_does_not_delay_the_other) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  ASSERT_TRUE(certain(right_, InputCertainty::verified));
  rig_->make_faulty("left", MonitorFault::slow);
  Answer slow;
  Answer quick;
  set(left_, kHdmi1, slow);
  set(right_, kHdmi1, quick);
  ASSERT_TRUE(rig_->run_until([&] { return quick.came(); }));
  EXPECT_TRUE(quick.ok()) << to_string(quick.error());
  EXPECT_FALSE(slow.came());
  ASSERT_TRUE(rig_->run_until([&] { return slow.came(); }));
  EXPECT_TRUE(slow.ok()) << to_string(slow.error());
}

TEST_P(MonitorsContract, an_unplugged_monitor_is_absent_and_found_again) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  rig_->unplug("left");
  rig_->monitors().rescan();
  ASSERT_TRUE(status_is(left_, [](const MonitorStatus& now) { return !now.present; }));
  EXPECT_NE(status(left_).problem, "");
  EXPECT_TRUE(status(right_).present);
  Answer answer;
  set(left_, kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_FALSE(answer.ok());
  rig_->plug("left");
  rig_->monitors().rescan();
  ASSERT_TRUE(status_is(left_, [](const MonitorStatus& now) {
    return now.present && now.certainty == InputCertainty::verified;
  }));
}

TEST_P(MonitorsContract, a_set_for_a_monitor_nobody_configured_fails) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  Answer answer;
  set(MonitorName("middle"), kHdmi1, answer);
  ASSERT_TRUE(rig_->run_until([&] { return answer.came(); }));
  EXPECT_FALSE(answer.ok());
}

TEST_P(MonitorsContract, a_match_that_several_monitors_answer_to_is_a_problem) {
  observe_both();
  ASSERT_TRUE(certain(left_, InputCertainty::verified));
  MonitorSpec both = spec(left_);
  both.match = {};
  both.match.manufacturer = rig_->match_of("left").manufacturer;
  rig_->monitors().configure({both});
  ASSERT_TRUE(status_is(
      left_, [](const MonitorStatus& now) { return !now.present && !now.problem.empty(); }));
}

}  // namespace hotseat::contract
