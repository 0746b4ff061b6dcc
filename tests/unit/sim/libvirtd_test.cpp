// Faults of the simulated libvirt, as the hypervisor port shows them.
#include "sim/libvirtd.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/virtual_clock.h"
#include "sim/workstation.h"

namespace hotseat::sim {
namespace {

using std::chrono::seconds;

class LibvirtdTest : public testing::Test {
 protected:
  LibvirtdTest() {
    furnish_demo(workstation_);
    clock_.run_until_idle();
    hypervisor_.observe([this](const HypervisorStatus& status) { status_ = status; });
    clock_.run_until_idle();
  }

  void attach(const std::string& device) {
    result_.reset();
    hypervisor_.attach_usb(win11_, workstation_.usb().address_of(device), "ua-hotseat-" + device,
                           seconds(10), taker());
  }
  void detach(const std::string& device) {
    result_.reset();
    hypervisor_.detach_usb(win11_, "ua-hotseat-" + device, seconds(10), taker());
  }
  ports::Done taker() {
    return [this](const Expected<void>& result) {
      ASSERT_FALSE(result_.has_value()) << "answered twice";
      result_ = result;
    };
  }
  std::string holder(const std::string& device) { return workstation_.usb().holder_of(device); }

  const DomainName win11_{"win11"};
  const DomainName zorg_{"zorg"};
  VirtualClock clock_;
  Workstation workstation_{clock_};
  SimHypervisor hypervisor_{workstation_};
  HypervisorStatus status_;
  std::optional<Expected<void>> result_;
};

TEST_F(LibvirtdTest, a_refused_attach_fails_with_the_reason_and_changes_nothing) {
  workstation_.libvirtd().fault_next(Operation::attach, {Fault::Kind::refused, "no room", {}});
  attach("keyboard");
  clock_.run_until_idle();
  ASSERT_TRUE(result_ && !*result_);
  EXPECT_EQ(result_->error().reason, "no room");
  EXPECT_EQ(holder("keyboard"), "host");
}

TEST_F(LibvirtdTest, a_fault_is_used_up_by_one_operation) {
  workstation_.libvirtd().fault_next(Operation::attach, {});
  attach("keyboard");
  clock_.run_until_idle();
  attach("keyboard");
  clock_.run_until_idle();
  EXPECT_TRUE(result_ && *result_);
}

TEST_F(LibvirtdTest, a_lost_detach_ends_at_its_deadline) {
  attach("keyboard");
  clock_.run_until_idle();
  workstation_.libvirtd().fault_next(Operation::detach, {Fault::Kind::lost, "", {}});
  const auto asked = clock_.now();
  detach("keyboard");
  ASSERT_TRUE(clock_.run_until([&] { return result_.has_value(); }, seconds(60)));
  EXPECT_FALSE(*result_);
  EXPECT_GE(clock_.now() - asked, seconds(10));
  EXPECT_EQ(holder("keyboard"), "win11");
}

TEST_F(LibvirtdTest, a_stuck_operation_holds_up_the_next_until_the_guest_ends) {
  workstation_.libvirtd().fault_next(Operation::attach, {Fault::Kind::stuck, "", {}});
  attach("keyboard");
  clock_.advance(seconds(11));
  ASSERT_TRUE(result_ && !*result_);
  attach("mouse");
  clock_.advance(seconds(5));
  EXPECT_FALSE(result_.has_value());
  workstation_.machines().kill(win11_);
  clock_.run_until_idle();
  ASSERT_TRUE(result_ && !*result_);
  EXPECT_EQ(holder("mouse"), "host");
}

TEST_F(LibvirtdTest, a_late_attach_takes_effect_after_it_was_given_up) {
  workstation_.libvirtd().fault_next(Operation::attach, {Fault::Kind::late, "", seconds(20)});
  attach("keyboard");
  ASSERT_TRUE(clock_.run_until([&] { return result_.has_value(); }, seconds(60)));
  EXPECT_FALSE(*result_);
  EXPECT_EQ(holder("keyboard"), "host");
  clock_.run_until_idle();
  EXPECT_EQ(holder("keyboard"), "win11");
  EXPECT_EQ(status_.domain(win11_)->usb.size(), 1U);
}

TEST_F(LibvirtdTest, an_unanswered_attach_works_yet_fails_at_its_deadline) {
  workstation_.libvirtd().fault_next(Operation::attach, {Fault::Kind::unanswered, "", {}});
  attach("keyboard");
  clock_.run_until_idle();
  ASSERT_TRUE(result_ && !*result_);
  EXPECT_EQ(holder("keyboard"), "win11");
}

TEST_F(LibvirtdTest, a_start_that_hangs_ends_at_its_deadline) {
  workstation_.libvirtd().fault_next(Operation::start, {Fault::Kind::stuck, "", {}});
  hypervisor_.start(
      zorg_, seconds(30), [](const std::string&) {}, taker());
  clock_.run_until_idle();
  ASSERT_TRUE(result_ && !*result_);
  EXPECT_EQ(status_.domain(zorg_)->state, DomainState::shutoff);
}

TEST_F(LibvirtdTest, operations_asked_while_the_daemon_is_down_go_on_when_it_is_back) {
  workstation_.libvirtd().go_down();
  attach("keyboard");
  clock_.advance(seconds(3));
  EXPECT_FALSE(result_.has_value());
  EXPECT_FALSE(status_.connected);
  workstation_.libvirtd().come_up();
  clock_.run_until_idle();
  EXPECT_TRUE(result_ && *result_);
}

TEST_F(LibvirtdTest, operations_fail_at_their_deadline_when_the_daemon_stays_away) {
  workstation_.libvirtd().go_down();
  attach("keyboard");
  clock_.run_until_idle();
  ASSERT_TRUE(result_ && !*result_);
  EXPECT_NE(result_->error().reason.find("not reachable"), std::string::npos);
}

TEST_F(LibvirtdTest, reclaiming_leaves_a_stale_attachment_until_it_is_detached) {
  attach("keyboard");
  clock_.run_until_idle();
  ASSERT_TRUE(workstation_.usb().reclaim(workstation_.usb().address_of("keyboard")).has_value());
  clock_.run_until_idle();
  EXPECT_EQ(holder("keyboard"), "host");
  EXPECT_EQ(status_.domain(win11_)->usb.size(), 1U);
  detach("keyboard");
  clock_.run_until_idle();
  EXPECT_TRUE(result_ && *result_);
  EXPECT_TRUE(status_.domain(win11_)->usb.empty());
  EXPECT_EQ(holder("keyboard"), "host");
}

TEST_F(LibvirtdTest, an_unplugged_device_leaves_a_stale_attachment_whose_alias_is_taken) {
  attach("keyboard");
  clock_.run_until_idle();
  workstation_.usb().replug("keyboard");
  clock_.run_until_idle();
  attach("keyboard");
  clock_.run_until_idle();
  ASSERT_TRUE(result_ && !*result_);
  EXPECT_NE(result_->error().reason.find("alias"), std::string::npos);
}

TEST_F(LibvirtdTest, attaching_one_device_twice_at_once_is_a_violation) {
  attach("keyboard");
  hypervisor_.attach_usb(win11_, workstation_.usb().address_of("keyboard"), "ua-hotseat-keyboard",
                         seconds(10), [](const Expected<void>&) {});
  EXPECT_EQ(workstation_.violations().size(), 1U);
}

TEST_F(LibvirtdTest, devices_return_to_the_host_when_their_guest_is_shut_off) {
  attach("keyboard");
  clock_.run_until_idle();
  ASSERT_EQ(holder("keyboard"), "win11");
  workstation_.machines().destroy(win11_);
  EXPECT_EQ(holder("keyboard"), "");
  clock_.run_until_idle();
  EXPECT_EQ(holder("keyboard"), "host");
}

TEST_F(LibvirtdTest, devices_are_nobodys_when_their_guest_is_killed) {
  attach("keyboard");
  clock_.run_until_idle();
  workstation_.machines().kill(win11_);
  clock_.run_until_idle();
  EXPECT_EQ(holder("keyboard"), "");
}

}  // namespace
}  // namespace hotseat::sim
