#include "adapters/libvirt/engine.h"

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
const UsbAttachment kMouse{"ua-hotseat-mouse", {1, 8}};
const EvdevInput kReadMouse{EvdevInput::Kind::virtio, "/dev/input/by-id/win11-mouse", false, {}};

TEST_F(EngineTest, TellsTheDomainsWhenItHasConnected) {
  gateway_->set_domains({running("win11", 3, {kKeyboard}), off("zorg")});
  connect();
  EXPECT_THAT(seen_.back().problem, IsEmpty());
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard));
  EXPECT_EQ(last("zorg").state, DomainState::shutoff);
}

TEST_F(EngineTest, AttachingShowsInTheStatusBeforeItIsDone) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  log_.clear();
  EXPECT_TRUE(wait(attach("win11", {1, 7}, "ua-hotseat-keyboard")));
  EXPECT_THAT(log_, ElementsAre("changed", "done"));
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard));
}

TEST_F(EngineTest, AttachingReadsNoDescription) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->will("attach ua-hotseat-keyboard", [this] {
    gateway_->tell(Kind::device_added, "win11", "ua-hotseat-keyboard");
    return Answer{Verdict::done, {}, "uuid-win11", std::nullopt};
  });
  EXPECT_TRUE(wait(attach("win11", {1, 7}, "ua-hotseat-keyboard")));
  gateway_->tell(Kind::device_added, "win11", "ua-hotseat-keyboard");
  loop_.run_posted();
  EXPECT_EQ(gateway_->readings(), 0);
}

TEST_F(EngineTest, NeverAnswersFromInsideTheCall) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  const auto result = attach("win11", {1, 7}, "ua-hotseat-keyboard");
  EXPECT_FALSE(result->has_value());
  EXPECT_TRUE(wait(result));
}

TEST_F(EngineTest, NothingIsAttachedTwice) {
  gateway_->set_domains({running("win11", 3, {{"hostdev0", {1, 7}}})});
  connect();
  EXPECT_TRUE(wait(attach("win11", {1, 7}, "ua-hotseat-keyboard")));
  EXPECT_THAT(gateway_->calls(), IsEmpty());
}

TEST_F(EngineTest, AnAliasThatNamesAnotherDeviceIsAClearError) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  const auto outcome = wait(attach("win11", {1, 9}, "ua-hotseat-keyboard"));
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().reason, HasSubstr("still names another device"));
  EXPECT_THAT(gateway_->calls(), IsEmpty());
}

TEST_F(EngineTest, DetachingIsDoneWhenTheEventSaysSo) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  const auto result = detach("win11", "ua-hotseat-keyboard");
  loop_.run_posted();
  wait_for_call("detach ua-hotseat-keyboard");
  log_.clear();
  gateway_->tell(Kind::device_removed, "win11", "something-else");
  gateway_->tell(Kind::device_removed, "zorg", "ua-hotseat-keyboard");
  loop_.run_posted();
  EXPECT_FALSE(result->has_value());
  gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-keyboard");
  EXPECT_TRUE(wait(result));
  EXPECT_THAT(log_, ElementsAre("changed", "done"));
  EXPECT_THAT(last("win11").usb, IsEmpty());
}

TEST_F(EngineTest, TheEventMayComeBeforeTheAnswer) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  gateway_->will("detach ua-hotseat-keyboard", [this] {
    gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-keyboard");
    return Answer{Verdict::pending, {}, "uuid-win11", std::nullopt};
  });
  EXPECT_TRUE(wait(detach("win11", "ua-hotseat-keyboard")));
}

TEST_F(EngineTest, ASecondRemovalIsAskedForWhileTheFirstIsUnderWay) {
  gateway_->set_domains({running("win11", 3, {kKeyboard, kMouse})});
  connect();
  const auto keyboard = detach("win11", "ua-hotseat-keyboard");
  const auto mouse = detach("win11", "ua-hotseat-mouse");
  loop_.run_posted();
  wait_for_call("detach ua-hotseat-keyboard");
  wait_for_call("detach ua-hotseat-mouse");
  gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-mouse");
  EXPECT_TRUE(wait(mouse));
  EXPECT_FALSE(keyboard->has_value());
  gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-keyboard");
  EXPECT_TRUE(wait(keyboard));
}

TEST_F(EngineTest, ARemovalThatTheGuestRefusesIsAnError) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  const auto result = detach("win11", "ua-hotseat-keyboard");
  loop_.run_posted();
  wait_for_call("detach ua-hotseat-keyboard");
  gateway_->tell(Kind::removal_failed, "win11", "ua-hotseat-keyboard");
  EXPECT_FALSE(wait(result));
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard));
}

TEST_F(EngineTest, WhenTheDomainEndsAttachingFailsAndDetachingIsDone) {
  gateway_->set_domains({running("win11", 3, {kKeyboard})});
  connect();
  std::promise<void> stopped;
  gateway_->will("attach ua-hotseat-mouse", [&] {
    stopped.get_future().wait();
    return refused("win11", "Unable to read from monitor");
  });
  const auto leaving = detach("win11", "ua-hotseat-keyboard");
  const auto coming = attach("win11", {1, 8}, "ua-hotseat-mouse");
  loop_.run_posted();
  wait_for_call("attach ua-hotseat-mouse");
  gateway_->tell(Kind::stopped, "win11");
  EXPECT_TRUE(wait(leaving));
  ASSERT_FALSE(wait(coming));
  EXPECT_EQ(wait(coming).error().reason, "win11 stopped");
  EXPECT_EQ(last("win11").state, DomainState::shutoff);
  stopped.set_value();
}

TEST_F(EngineTest, ADomainThatStartsSlowlyDoesNotHoldUpAnother) {
  gateway_->set_domains({off("slow"), running("win11", 3, {kKeyboard})});
  connect();
  std::promise<void> up;
  gateway_->will("start slow", [&] {
    up.get_future().wait();
    return Answer{Verdict::done, {}, "uuid-slow", running("slow", 4)};
  });
  const auto slow = start("slow");
  const auto fast = detach("win11", "ua-hotseat-keyboard");
  loop_.run_posted();
  wait_for_call("detach ua-hotseat-keyboard");
  gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-keyboard");
  EXPECT_TRUE(wait(fast));
  EXPECT_FALSE(slow->has_value());
  up.set_value();
  EXPECT_TRUE(wait(slow));
  EXPECT_EQ(last("slow").state, DomainState::running);
}

TEST_F(EngineTest, TheOperationsOfOneDomainAreMadeInOrder) {
  gateway_->set_domains({off("win11")});
  connect();
  const auto up = start("win11");
  const auto keyboard = attach("win11", {1, 7}, "ua-hotseat-keyboard");
  const auto mouse = attach("win11", {1, 8}, "ua-hotseat-mouse");
  wait(mouse);
  EXPECT_TRUE(wait(up));
  EXPECT_TRUE(wait(keyboard));
  EXPECT_THAT(gateway_->calls(),
              ElementsAre("start win11", "attach ua-hotseat-keyboard", "attach ua-hotseat-mouse"));
  EXPECT_THAT(last("win11").usb, ElementsAre(kKeyboard, kMouse));
}

TEST_F(EngineTest, StartingTellsItsProgress) {
  gateway_->set_domains({off("win11")});
  connect();
  log_.clear();
  EXPECT_TRUE(wait(start("win11")));
  EXPECT_THAT(log_, ElementsAre("starting win11", "changed", "done"));
}

TEST_F(EngineTest, AForeignDeviceIsReadFromTheDomain) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->set_domains({running("win11", 3, {{"hostdev0", {2, 2}}})});
  gateway_->tell(Kind::device_added, "win11", "hostdev0");
  loop_.run_until([this] { return !last("win11").usb.empty(); });
  EXPECT_EQ(last("win11").usb.front().alias, "hostdev0");
}

TEST_F(EngineTest, WhatADomainReadsIsKnownWhetherItRunsOrNot) {
  auto zorg = off("zorg");
  zorg.inputs = {kReadMouse};
  zorg.hotkey = {"KEY_LEFTALT", "KEY_LEFTCTRL"};
  gateway_->set_domains({zorg});
  connect();
  EXPECT_THAT(last("zorg").inputs, ElementsAre(kReadMouse));
  EXPECT_THAT(last("zorg").hotkey, ElementsAre(29, 56));
  EXPECT_THAT(last("zorg").problems, IsEmpty());
}

TEST_F(EngineTest, AnUnknownKeyInTheMetadataIsAProblem) {
  auto zorg = off("zorg");
  zorg.hotkey = {"KEY_LEFTCTRL", "KEY_NONE"};
  gateway_->set_domains({zorg});
  connect();
  EXPECT_THAT(last("zorg").hotkey, IsEmpty());
  EXPECT_THAT(last("zorg").problems,
              ElementsAre(testing::AllOf(HasSubstr("zorg"), HasSubstr("KEY_NONE"))));
}

TEST_F(EngineTest, AnEditedDomainIsReadAgain) {
  gateway_->set_domains({off("zorg")});
  connect();
  auto edited = off("zorg");
  edited.hotkey = {"KEY_KP1"};
  gateway_->set_domains({edited});
  gateway_->tell(Kind::changed, "zorg");
  loop_.run_until([this] { return !last("zorg").hotkey.empty(); });
}

TEST_F(EngineTest, AnInputThatIsPluggedOrUnpluggedIsReadFromTheDomain) {
  auto with = running("win11", 3);
  with.inputs = {kReadMouse};
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->set_domains({with});
  gateway_->tell(Kind::device_added, "win11", "input0");
  loop_.run_until([this] { return !last("win11").inputs.empty(); });
  gateway_->set_domains({running("win11", 3)});
  gateway_->tell(Kind::device_removed, "win11", "input0");
  loop_.run_until([this] { return last("win11").inputs.empty(); });
}

TEST_F(EngineTest, AReadingOvertakenByAnEventIsMadeAgain) {
  gateway_->set_domains({running("win11", 3, {kMouse})});
  connect();
  gateway_->before_reading([this] {  // it has seen the mouse, which now goes
    gateway_->set_domains({running("win11", 3, {{"hostdev0", {2, 2}}})});
    gateway_->tell(Kind::device_removed, "win11", "ua-hotseat-mouse");
  });
  gateway_->tell(Kind::device_added, "win11", "hostdev0");
  loop_.run_until([this] { return gateway_->readings() == 2; });
  loop_.run_until([this] { return last("win11").usb.size() == 1; });
  EXPECT_EQ(last("win11").usb.front().alias, "hostdev0");
}

TEST_F(EngineTest, ADomainThatIsGoneAfterItsEndIsForgotten) {
  gateway_->set_domains({running("transient", 3)});
  connect();
  gateway_->set_domains({});
  gateway_->tell(Kind::stopped, "transient");
  loop_.run_until([this] { return seen_.back().domains.empty(); });
}

TEST_F(EngineTest, PausingAndResumingShow) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  gateway_->tell(Kind::suspended, "win11");
  loop_.run_until([this] { return last("win11").state == DomainState::paused; });
  gateway_->tell(Kind::resumed, "win11");
  loop_.run_until([this] { return last("win11").state == DomainState::running; });
}

TEST_F(EngineTest, AStatusLikeTheLastIsNotToldAgain) {
  gateway_->set_domains({running("win11", 3)});
  connect();
  log_.clear();
  gateway_->tell(Kind::resumed, "win11");
  gateway_->tell(Kind::device_removed, "win11", "virtio-disk3");
  loop_.run_posted();
  EXPECT_THAT(log_, IsEmpty());
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
