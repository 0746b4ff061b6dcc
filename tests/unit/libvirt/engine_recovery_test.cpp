// What the engine does when libvirt breaks off, does not answer, or is not there.
#include <gmock/gmock.h>

#include <future>

#include "tests/unit/libvirt/engine_fixture.h"

namespace hotseat::adapters::libvirt {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = DomainEvent::Kind;

const UsbAttachment kKeyboard{"ua-hotseat-keyboard", {1, 7}};

class EngineRecovery : public EngineTest {
 protected:
  void wait_until_disconnected() {
    loop_.run_until([this] { return !seen_.back().connected; });
  }
  void wait_until_connected() {
    loop_.run_until([this] { return seen_.back().connected; });
  }

  int calls_ = 0;
};

TEST_F(EngineRecovery, NotReachableIsAStatusAndFailsOperationsAtOnce) {
  gateway_->set_reachable(false);
  observe();
  loop_.run_until([this] { return !seen_.empty(); });
  EXPECT_FALSE(seen_.back().connected);
  EXPECT_THAT(seen_.back().problem, HasSubstr("nobody is there"));
  const auto outcome = wait(start("win11"));
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().reason, HasSubstr("nobody is there"));
}

TEST_F(EngineRecovery, AnOperationAskedForBeforeTheFirstAnswerWaitsForIt) {
  gateway_->set_reachable(false);
  observe();
  EXPECT_FALSE(wait(start("win11")));
}

TEST_F(EngineRecovery, ConnectsWithoutBeingAskedWhenLibvirtComes) {
  gateway_->set_reachable(false);
  observe();
  loop_.run_until([this] { return !seen_.empty(); });
  gateway_->set_reachable(true);
  wait_until_connected();
}

TEST_F(EngineRecovery, ALostConnectionKeepsTheDomainsAsLastSeen) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  gateway_->break_off(true);
  wait_until_disconnected();
  EXPECT_EQ(last("win11").state, DomainState::running);
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard));
  gateway_->set_domains({off("win11")});
  wait_until_connected();
  EXPECT_EQ(last("win11").state, DomainState::shutoff);
}

// A QEMU that ends while libvirtd is only just taking it up again.
TEST_F(EngineRecovery, AnEndThatALibvirtdJustStartedTellsNobodyIsNoticed) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->break_off(true);
  wait_until_disconnected();
  wait_until_connected();
  EXPECT_EQ(last("win11").state, DomainState::running);
  gateway_->set_domains({off("win11")});
  loop_.run_until([this] { return last("win11").state == DomainState::shutoff; });
}

TEST_F(EngineRecovery, AnAttachThatBreaksOffIsMadeAgain) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->will("attach ua-hotseat-keyboard", [this] {
    gateway_->break_off(false);
    return refused("win11", "client socket is closed");
  });
  EXPECT_TRUE(wait(attach("win11", {1, 7}, "ua-hotseat-keyboard")));
  EXPECT_THAT(gateway_->calls(),
              ElementsAre("attach ua-hotseat-keyboard", "attach ua-hotseat-keyboard"));
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard));
}

TEST_F(EngineRecovery, AnAttachThatSucceededUnheardIsNotMadeAgain) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->will("attach ua-hotseat-keyboard", [this] {
    gateway_->set_domains({running("win11", 3, {kKeyboard})});
    gateway_->break_off(true);
    return refused("win11", "client socket is closed");
  });
  EXPECT_TRUE(wait(attach("win11", {1, 7}, "ua-hotseat-keyboard")));
  EXPECT_EQ(gateway_->calls().size(), 1U);
}

TEST_F(EngineRecovery, AStartThatSucceededUnheardIsNotMadeAgain) {
  gateway_->set_domains({off("win11")});
  connect();
  gateway_->will("start win11", [this] {
    gateway_->set_domains({running("win11", 1)});
    gateway_->break_off(true);
    return refused("win11", "client socket is closed");
  });
  EXPECT_TRUE(wait(start("win11")));
  EXPECT_EQ(gateway_->calls().size(), 1U);
}

TEST_F(EngineRecovery, ARemovalWhoseEventWasLostIsFoundWhenReadingAgain) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  const auto result = detach("win11", "ua-hotseat-keyboard");
  loop_.run_posted();
  wait_for_call("detach ua-hotseat-keyboard");
  gateway_->set_domains({running("win11", 3)});
  gateway_->break_off(true);
  EXPECT_TRUE(wait(result));
  EXPECT_TRUE(seen_.back().connected);
  EXPECT_EQ(gateway_->calls().size(), 1U);
}

TEST_F(EngineRecovery, ARemovalStillUnderWayIsAskedForAgain) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  const auto result = detach("win11", "ua-hotseat-keyboard");
  loop_.run_posted();
  wait_for_call("detach ua-hotseat-keyboard");
  gateway_->will("detach ua-hotseat-keyboard", [this] {
    gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-keyboard");
    return Answer{Verdict::pending, {}, "uuid-win11", std::nullopt};
  });
  gateway_->break_off(true);
  EXPECT_TRUE(wait(result));
  EXPECT_EQ(gateway_->calls().size(), 2U);
}

TEST_F(EngineRecovery, AnOperationAskedForWhileDisconnectedWaits) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->set_reachable(false);
  gateway_->break_off(true);
  wait_until_disconnected();
  const auto result = attach("win11", {1, 7}, "ua-hotseat-keyboard");
  loop_.run_posted();
  EXPECT_FALSE(result->has_value());
  gateway_->set_reachable(true);
  EXPECT_TRUE(wait(result));
}

TEST_F(EngineRecovery, ALostConnectionIsNotWaitedForBeyondTheDeadline) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->set_reachable(false);
  gateway_->break_off(true);
  wait_until_disconnected();
  const auto result = begin({Request::Kind::attach, DomainName{"win11"}, {1, 7}, "ua-hotseat-x"},
                            std::chrono::milliseconds(1));
  ASSERT_FALSE(wait(result));
  EXPECT_THAT(gateway_->calls(), IsEmpty());
}

TEST_F(EngineRecovery, AnOperationOutOfTimeIsNotBegunAnyMore) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  std::promise<void> release;
  gateway_->will("attach ua-hotseat-keyboard", [&] {
    release.get_future().wait();
    return refused("win11", "too late anyway");
  });
  const auto blocking = attach("win11", {1, 7}, "ua-hotseat-keyboard");
  const auto queued =
      begin({Request::Kind::attach, DomainName{"win11"}, {1, 8}, "ua-hotseat-mouse"},
            std::chrono::milliseconds(0));
  ASSERT_FALSE(wait(queued));
  EXPECT_THAT(wait(queued).error().reason, HasSubstr("within the time allowed"));
  release.set_value();
  EXPECT_FALSE(wait(blocking));
  EXPECT_TRUE(wait(start("win11")));  // comes after it on the lane
  EXPECT_THAT(gateway_->calls(), testing::Not(testing::Contains("attach ua-hotseat-mouse")));
}

TEST_F(EngineRecovery, WhatSucceedsTooLateStillShows) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  std::promise<void> release;
  gateway_->will("attach ua-hotseat-keyboard", [&] {
    release.get_future().wait();
    return Answer{Verdict::done, {}, "uuid-win11", std::nullopt};
  });
  const auto result =
      begin({Request::Kind::attach, DomainName{"win11"}, {1, 7}, "ua-hotseat-keyboard"},
            std::chrono::milliseconds(500));
  loop_.run_posted();
  wait_for_call("attach ua-hotseat-keyboard");
  EXPECT_FALSE(wait(result));
  release.set_value();
  loop_.run_until([this] { return !last("win11").usb.empty(); });
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard));
}

TEST_F(EngineRecovery, StoppingBreaksOffACallThatDoesNotEndAndCallsNobody) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  std::promise<void> interrupted;
  gateway_->on_interrupt([&] { interrupted.set_value(); });
  gateway_->will("attach ua-hotseat-keyboard", [&] {
    interrupted.get_future().wait();
    return Answer{Verdict::done, {}, "uuid-win11", std::nullopt};
  });
  const auto result = attach("win11", {1, 7}, "ua-hotseat-keyboard");
  loop_.run_posted();
  wait_for_call("attach ua-hotseat-keyboard");
  log_.clear();
  engine_->stop();
  EXPECT_TRUE(gateway_->interrupted());
  loop_.run_posted();
  EXPECT_THAT(log_, IsEmpty());
  EXPECT_FALSE(result->has_value());
}

TEST_F(EngineRecovery, WhatWasPostedBeforeTheEndIsHarmlessAfterIt) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  log_.clear();
  gateway_->tell(Kind::stopped, "win11");
  gateway_->break_off(true);
  engine_->stop();
  engine_.reset();
  gateway_->tell(Kind::started, "win11");
  loop_.run_posted();
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(EngineRecovery, MayBeStoppedFromInsideItsOwnCallback) {
  gateway_->set_domains({running("win11", 3)});
  engine_->observe([this](const HypervisorStatus&) {
    ++calls_;
    engine_->stop();
    engine_.reset();
  });
  loop_.run_until([this] { return calls_ > 0; });
  loop_.run_posted();
  EXPECT_EQ(calls_, 1);
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
