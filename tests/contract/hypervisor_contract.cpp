#include "tests/contract/hypervisor_contract.h"

#include <algorithm>

namespace hotseat::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(HypervisorContract);

void HypervisorContract::observe() {
  rig_->hypervisor().observe(
      [this](const HypervisorStatus& status) { statuses_.push_back(status); });
}

bool HypervisorContract::status_says(
    const std::function<bool(const HypervisorStatus&)>& condition) {
  return rig_->run_until([&] { return !statuses_.empty() && condition(statuses_.back()); });
}

bool HypervisorContract::connected() {
  return status_says([](const HypervisorStatus& status) { return status.connected; });
}

DomainState HypervisorContract::state_of(const DomainName& domain) const {
  const Domain* found = statuses_.empty() ? nullptr : statuses_.back().domain(domain);
  return found == nullptr ? DomainState::crashed : found->state;
}

const UsbAttachment* HypervisorContract::attachment(const DomainName& domain,
                                                    const std::string& alias) const {
  const Domain* found = statuses_.empty() ? nullptr : statuses_.back().domain(domain);
  if (found == nullptr) return nullptr;
  auto usb = std::find_if(found->usb.begin(), found->usb.end(),
                          [&](const UsbAttachment& one) { return one.alias == alias; });
  return usb == found->usb.end() ? nullptr : &*usb;
}

bool HypervisorContract::finish(const Answer& answer) {
  return rig_->run_until([&] { return answer.came(); });
}

bool HypervisorContract::attach(const DomainName& domain, const std::string& device,
                                const std::string& alias) {
  Answer answer;
  rig_->hypervisor().attach_usb(domain, rig_->address_of(device), alias, kDeadline, answer.taker());
  return finish(answer) && answer.ok();
}

TEST_P(HypervisorContract, first_status_shows_the_domains_and_their_states) {
  observe();
  EXPECT_TRUE(statuses_.empty()) << "called back from inside observe()";
  ASSERT_TRUE(connected());
  EXPECT_EQ(state_of(win11_), DomainState::running);
  EXPECT_EQ(state_of(zorg_), DomainState::shutoff);
  EXPECT_FALSE(statuses_.back().domain(win11_)->uuid.empty());
  EXPECT_GT(statuses_.back().domain(win11_)->started, 0U);
  EXPECT_EQ(statuses_.back().domain(zorg_)->started, 0U);
}

TEST_P(HypervisorContract, start_answers_when_the_guest_runs) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  std::vector<std::string> progress;
  rig_->hypervisor().start(
      zorg_, kDeadline, [&](const std::string& text) { progress.push_back(text); }, answer.taker());
  EXPECT_FALSE(answer.came()) << "called back from inside start()";
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_EQ(state_of(zorg_), DomainState::running) << "the status must show it before the answer";
  EXPECT_FALSE(progress.empty());
  EXPECT_GT(statuses_.back().domain(zorg_)->started, statuses_.back().domain(win11_)->started);
}

TEST_P(HypervisorContract, start_of_a_running_guest_is_success) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().start(
      win11_, kDeadline, [](const std::string&) {}, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
}

TEST_P(HypervisorContract, start_of_a_paused_guest_fails_with_a_hint) {
  rig_->pause_guest(win11_);
  observe();
  ASSERT_TRUE(connected());
  EXPECT_EQ(state_of(win11_), DomainState::paused);
  Answer answer;
  rig_->hypervisor().start(
      win11_, kDeadline, [](const std::string&) {}, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(answer.error().hint, "");
}

TEST_P(HypervisorContract, unknown_domain_fails_with_a_hint) {
  observe();
  ASSERT_TRUE(connected());
  Answer start;
  Answer attach;
  rig_->hypervisor().start(
      nobody_, kDeadline, [](const std::string&) {}, start.taker());
  rig_->hypervisor().attach_usb(nobody_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline, attach.taker());
  ASSERT_TRUE(finish(start));
  ASSERT_TRUE(finish(attach));
  EXPECT_FALSE(start.ok());
  EXPECT_NE(start.error().hint, "");
  EXPECT_NE(to_string(start.error()).find("no such domain"), std::string::npos);
  EXPECT_FALSE(attach.ok());
  EXPECT_NE(attach.error().hint, "");
}

TEST_P(HypervisorContract, attach_shows_in_the_status_before_the_answer) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  bool shown = false;
  rig_->hypervisor().attach_usb(win11_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline,
                                [&, take = answer.taker()](const Expected<void>& result) {
                                  shown = attachment(win11_, "ua-hotseat-keyboard") != nullptr;
                                  take(result);
                                });
  EXPECT_FALSE(answer.came()) << "called back from inside attach_usb()";
  ASSERT_TRUE(finish(answer));
  ASSERT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_TRUE(shown);
  EXPECT_EQ(attachment(win11_, "ua-hotseat-keyboard")->address, rig_->address_of("keyboard"));
  EXPECT_FALSE(rig_->host_has("keyboard"));
}

TEST_P(HypervisorContract, attach_twice_succeeds_and_attaches_once) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  EXPECT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  EXPECT_EQ(statuses_.back().domain(win11_)->usb.size(), 1U);
}

TEST_P(HypervisorContract, attach_to_a_guest_that_is_off_fails_with_a_hint) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().attach_usb(zorg_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(answer.error().hint, "");
  EXPECT_TRUE(rig_->host_has("keyboard"));
}

TEST_P(HypervisorContract, attach_of_a_device_another_guest_holds_fails) {
  rig_->start_guest(zorg_);
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  Answer answer;
  rig_->hypervisor().attach_usb(zorg_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_FALSE(answer.ok());
  EXPECT_NE(answer.error().reason, "");
  EXPECT_NE(attachment(win11_, "ua-hotseat-keyboard"), nullptr);
  EXPECT_EQ(attachment(zorg_, "ua-hotseat-keyboard"), nullptr);
}

TEST_P(HypervisorContract, attach_of_a_device_that_has_gone_fails) {
  const UsbAddress address = rig_->address_of("keyboard");
  rig_->unplug("keyboard");
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().attach_usb(win11_, address, "ua-hotseat-keyboard", kDeadline, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(attachment(win11_, "ua-hotseat-keyboard"), nullptr);
}

TEST_P(HypervisorContract, detach_answers_when_the_device_is_out_and_never_before) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  Answer answer;
  bool gone = false;
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-keyboard", kDeadline,
                                [&, take = answer.taker()](const Expected<void>& result) {
                                  gone = attachment(win11_, "ua-hotseat-keyboard") == nullptr;
                                  take(result);
                                });
  EXPECT_FALSE(answer.came()) << "called back from inside detach_usb()";
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_TRUE(gone) << "the status must show it before the answer";
  EXPECT_TRUE(rig_->run_until([&] { return rig_->host_has("keyboard"); }));
}

TEST_P(HypervisorContract, a_device_goes_in_and_out_and_in_again) {
  observe();
  ASSERT_TRUE(connected());
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(rig_->run_until([&] { return rig_->host_has("mouse"); })) << "round " << round;
    ASSERT_TRUE(attach(win11_, "mouse", "ua-hotseat-mouse")) << "round " << round;
    Answer out;
    rig_->hypervisor().detach_usb(win11_, "ua-hotseat-mouse", kDeadline, out.taker());
    ASSERT_TRUE(finish(out));
    ASSERT_TRUE(out.ok()) << "round " << round << ": " << to_string(out.error());
  }
}

TEST_P(HypervisorContract, detach_of_an_unknown_alias_is_success) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-nothing", kDeadline, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
}

TEST_P(HypervisorContract, detach_from_a_guest_that_is_off_is_success) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().detach_usb(zorg_, "ua-hotseat-keyboard", kDeadline, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
}

TEST_P(HypervisorContract, two_devices_go_in_and_out_at_once) {
  observe();
  ASSERT_TRUE(connected());
  Answer in1;
  Answer in2;
  rig_->hypervisor().attach_usb(win11_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline, in1.taker());
  rig_->hypervisor().attach_usb(win11_, rig_->address_of("mouse"), "ua-hotseat-mouse", kDeadline,
                                in2.taker());
  ASSERT_TRUE(rig_->run_until([&] { return in1.came() && in2.came(); }));
  ASSERT_TRUE(in1.ok()) << to_string(in1.error());
  ASSERT_TRUE(in2.ok()) << to_string(in2.error());
  Answer out1;
  Answer out2;
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-keyboard", kDeadline, out1.taker());
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-mouse", kDeadline, out2.taker());
  ASSERT_TRUE(rig_->run_until([&] { return out1.came() && out2.came(); }));
  EXPECT_TRUE(out1.ok()) << to_string(out1.error());
  EXPECT_TRUE(out2.ok()) << to_string(out2.error());
  EXPECT_TRUE(statuses_.back().domain(win11_)->usb.empty());
}

TEST_P(HypervisorContract, detach_asked_for_twice_is_answered_twice) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  Answer first;
  Answer second;
  for (Answer* answer : {&first, &second}) {
    rig_->hypervisor().detach_usb(win11_, "ua-hotseat-keyboard", kDeadline, answer->taker());
  }
  ASSERT_TRUE(rig_->run_until([&] { return first.came() && second.came(); }));
  EXPECT_TRUE(first.ok()) << to_string(first.error());
  EXPECT_TRUE(second.ok()) << to_string(second.error());
  EXPECT_EQ(attachment(win11_, "ua-hotseat-keyboard"), nullptr);
}

TEST_P(HypervisorContract, guest_killed_while_attaching_fails_the_attach_once) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().attach_usb(win11_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline, answer.taker());
  rig_->kill_guest(win11_);
  ASSERT_TRUE(finish(answer));
  EXPECT_FALSE(answer.ok());
  EXPECT_TRUE(status_says([&](const HypervisorStatus&) {
    return state_of(win11_) == DomainState::shutoff || state_of(win11_) == DomainState::crashed;
  }));
  rig_->run_a_while();
  EXPECT_EQ(answer.count(), 1);
  EXPECT_EQ(attachment(win11_, "ua-hotseat-keyboard"), nullptr);
}

TEST_P(HypervisorContract, guest_killed_with_a_device_shows_and_detach_succeeds) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  rig_->kill_guest(win11_);
  EXPECT_TRUE(status_says([&](const HypervisorStatus&) {
    return state_of(win11_) != DomainState::running &&
           attachment(win11_, "ua-hotseat-keyboard") == nullptr;
  }));
  Answer answer;
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-keyboard", kDeadline, answer.taker());
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  EXPECT_EQ(statuses_.back().domain(win11_)->started, 0U);
}

TEST_P(HypervisorContract, guest_killed_while_detaching_is_a_detach_that_succeeds) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  Answer answer;
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-keyboard", kDeadline, answer.taker());
  rig_->kill_guest(win11_);
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  rig_->run_a_while();
  EXPECT_EQ(answer.count(), 1);
}

TEST_P(HypervisorContract, a_device_taken_out_by_hand_shows) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "mouse", "ua-hotseat-mouse"));
  rig_->detach_by_hand(win11_, "mouse");
  EXPECT_TRUE(status_says(
      [&](const HypervisorStatus&) { return attachment(win11_, "ua-hotseat-mouse") == nullptr; }));
}

TEST_P(HypervisorContract, a_guest_started_by_hand_shows) {
  observe();
  ASSERT_TRUE(connected());
  rig_->start_guest(zorg_);
  EXPECT_TRUE(status_says(
      [&](const HypervisorStatus&) { return state_of(zorg_) == DomainState::running; }));
}

TEST_P(HypervisorContract, daemon_restarted_during_an_attach_ends_well_and_observation_resumes) {
  observe();
  ASSERT_TRUE(connected());
  Answer answer;
  rig_->hypervisor().attach_usb(win11_, rig_->address_of("keyboard"), "ua-hotseat-keyboard",
                                kDeadline, answer.taker());
  rig_->restart_daemon();
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  ASSERT_TRUE(connected());
  EXPECT_NE(attachment(win11_, "ua-hotseat-keyboard"), nullptr);
  rig_->kill_guest(win11_);
  EXPECT_TRUE(status_says(
      [&](const HypervisorStatus&) { return state_of(win11_) != DomainState::running; }));
  EXPECT_EQ(answer.count(), 1);
}

TEST_P(HypervisorContract, daemon_restarted_during_a_detach_ends_well) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  Answer answer;
  rig_->hypervisor().detach_usb(win11_, "ua-hotseat-keyboard", kDeadline, answer.taker());
  rig_->restart_daemon();
  ASSERT_TRUE(finish(answer));
  EXPECT_TRUE(answer.ok()) << to_string(answer.error());
  ASSERT_TRUE(connected());
  EXPECT_TRUE(status_says([&](const HypervisorStatus&) {
    return attachment(win11_, "ua-hotseat-keyboard") == nullptr;
  }));
  EXPECT_TRUE(rig_->run_until([&] { return rig_->host_has("keyboard"); }));
}

TEST_P(HypervisorContract, daemon_restarted_at_rest_keeps_what_is_known_meanwhile) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  const std::size_t before = statuses_.size();
  rig_->restart_daemon();
  ASSERT_TRUE(rig_->run_until([&] { return statuses_.size() > before; }));
  ASSERT_TRUE(connected());
  rig_->run_a_while();
  bool was_away = false;
  for (std::size_t i = before; i < statuses_.size(); ++i) {
    was_away = was_away || !statuses_[i].connected;
    // A guest does not stop because libvirtd does.
    const Domain* domain = statuses_[i].domain(win11_);
    ASSERT_NE(domain, nullptr);
    EXPECT_EQ(domain->state, DomainState::running);
    EXPECT_EQ(domain->usb.size(), 1U);
  }
  EXPECT_TRUE(was_away);
}

TEST_P(HypervisorContract, no_two_statuses_in_a_row_are_equal) {
  observe();
  ASSERT_TRUE(connected());
  ASSERT_TRUE(attach(win11_, "keyboard", "ua-hotseat-keyboard"));
  rig_->kill_guest(win11_);
  EXPECT_TRUE(status_says(
      [&](const HypervisorStatus&) { return state_of(win11_) != DomainState::running; }));
  rig_->run_a_while();
  for (std::size_t i = 1; i < statuses_.size(); ++i) {
    EXPECT_NE(statuses_[i - 1], statuses_[i]) << "status " << i;
  }
}

}  // namespace hotseat::contract
