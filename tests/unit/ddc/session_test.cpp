#include "adapters/ddc/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/ddc/fake_bus.h"

namespace hotseat::adapters {
namespace {

using namespace std::chrono_literals;
using testing::Bytes;
using ::testing::ElementsAre;
using testing::FakeBus;
using testing::FakeMonitor;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::null_message;
using ::testing::SizeIs;
using testing::vcp_reply;

const Bytes kSet11{0x51, 0x84, 0x03, 0x60, 0x00, 0x11, 0xc9};
const Bytes kSet12{0x51, 0x84, 0x03, 0x60, 0x00, 0x12, 0xca};
const Bytes kGet{0x51, 0x82, 0x01, 0x60, 0xdc};

// Time stands still until the session is run; then it jumps to whatever is due.
class Session : public ::testing::Test {
 protected:
  Session()
      : session_(3, std::make_unique<FakeBus>(monitor_),
                 [this](Event event) { events_.push_back(std::move(event)); }) {
    monitor_->now = [this] { return now_; };
  }

  SetInputOrder set(std::uint8_t input, std::uint64_t ticket = 1) const {
    return {ticket, "left", input, quirks_, now_ + 2s};
  }

  void give(Order order) { session_.accept(std::move(order), now_); }

  // Everything due within `span`.
  void run(ports::Duration span) {
    const ports::Instant end = now_ + span;
    while (true) {
      const auto due = session_.step(now_);
      if (!due || *due > end) break;
      now_ = std::max(now_, *due);
    }
    now_ = end;
  }

  template <typename What>
  std::vector<What> told() const {
    std::vector<What> all;
    for (const Event& event : events_) {
      if (const auto* one = std::get_if<What>(&event)) all.push_back(*one);
    }
    return all;
  }

  ports::Duration write_time(std::size_t index) const {
    return monitor_->write_times.at(index) - start_;
  }

  std::shared_ptr<FakeMonitor> monitor_ = std::make_shared<FakeMonitor>();
  const ports::Instant start_{1h};
  ports::Instant now_ = start_;
  MonitorQuirks quirks_;
  std::vector<Event> events_;
  DdcSession session_;
};

// ---- Set --------------------------------------------------------------------------------------

TEST_F(Session, SetIsTheFirstThingOnTheWireAndAtOnce) {
  give(set(0x11));
  session_.step(now_);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11));
  ASSERT_THAT(told<SetEnded>(), SizeIs(1));
  EXPECT_TRUE(told<SetEnded>()[0].result);
  EXPECT_EQ(told<SetEnded>()[0].ticket, 1U);
}

TEST_F(Session, SecondSetKeepsTheStandardsDistance) {
  give(set(0x11, 1));
  run(10ms);
  give(set(0x12, 2));
  run(100ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11, kSet12));
  EXPECT_EQ(write_time(1), 50ms);
}

TEST_F(Session, SettlingMonitorIsLeftAloneForLonger) {
  quirks_.settle = 400ms;
  give(set(0x11, 1));
  run(10ms);
  give(set(0x12, 2));
  run(1s);
  EXPECT_EQ(write_time(1), 450ms);
}

TEST_F(Session, UsesSourceAddressAndFeatureOfTheQuirks) {
  quirks_.source_address = 0x50;
  quirks_.feature = 0xf4;
  give(set(0x90));
  run(10ms);
  EXPECT_THAT(monitor_->written, ElementsAre(Bytes{0x50, 0x84, 0x03, 0xf4, 0x00, 0x90, 0xdd}));
}

TEST_F(Session, GetGoesBeforeSetForMonitorsThatWantIt) {
  quirks_.get_before_set = true;
  give(set(0x11));
  run(200ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kGet, kSet11));
  EXPECT_EQ(monitor_->reads, 1);
  EXPECT_EQ(write_time(1), 90ms);  // 40 ms to the reply, 50 ms after it
  EXPECT_TRUE(told<SetEnded>().at(0).result);
}

TEST_F(Session, GetBeforeSetNeedsNoGoodAnswer) {
  quirks_.get_before_set = true;
  monitor_->replies = {Bytes(11, 0)};
  monitor_->read_errors = {ENXIO};
  give(set(0x11));
  run(200ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kGet, kSet11));
}

class Refusals : public Session, public ::testing::WithParamInterface<int> {};

TEST_P(Refusals, AreRetriedAtTheStandardsDistance) {
  monitor_->write_errors = {GetParam(), GetParam()};
  give(set(0x11));
  run(200ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11, kSet11, kSet11));
  EXPECT_EQ(write_time(2), 100ms);
  EXPECT_TRUE(told<SetEnded>().at(0).result);
}

TEST_P(Refusals, EndInAnErrorThatNamesMonitorAndBus) {
  monitor_->write_errors = {GetParam(), GetParam(), GetParam()};
  give(set(0x11));
  run(1s);
  EXPECT_THAT(monitor_->written, SizeIs(3));
  ASSERT_THAT(told<SetEnded>(), SizeIs(1));
  const Error error = told<SetEnded>()[0].result.error();
  EXPECT_EQ(error.context, "set input HDMI-1");
  EXPECT_EQ(error.object, "left (bus 3)");
  EXPECT_NE(error.reason, "");
  EXPECT_NE(error.hint, "");
  EXPECT_THAT(told<InputSeen>(), IsEmpty()) << "nothing was written, nothing is to be read back";
}

INSTANTIATE_TEST_SUITE_P(Table, Refusals,
                         ::testing::Values(ENXIO, EREMOTEIO, EIO, ETIMEDOUT, EAGAIN));

class DeadHandles : public Session, public ::testing::WithParamInterface<int> {};

TEST_P(DeadHandles, AreOpenedAnewWithinTheOperationAndWithoutAPause) {
  monitor_->write_errors = {GetParam()};
  give(set(0x11));
  run(0ms);
  EXPECT_EQ(monitor_->opened, 2);
  EXPECT_EQ(monitor_->closed, 1);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11, kSet11));
  EXPECT_TRUE(told<SetEnded>().at(0).result);
}

TEST_P(DeadHandles, AreOpenedAnewOnlyOnce) {
  monitor_->write_errors = {GetParam(), GetParam()};
  give(set(0x11));
  run(1s);
  EXPECT_EQ(monitor_->opened, 2);
  EXPECT_FALSE(told<SetEnded>().at(0).result);
}

INSTANTIATE_TEST_SUITE_P(Table, DeadHandles, ::testing::Values(EACCES, ENODEV, EBADF));

TEST_F(Session, HandleIsKeptFromOneSetToTheNext) {
  give(set(0x11, 1));
  run(1min);
  give(set(0x12, 2));
  run(1min);
  EXPECT_EQ(monitor_->opened, 1);
  EXPECT_EQ(monitor_->closed, 0);
}

TEST_F(Session, KernelDriverOnTheAddressIsNamedAsTheCause) {
  monitor_->open_errors = {EBUSY};
  give(set(0x11));
  run(1s);
  EXPECT_THAT(monitor_->written, IsEmpty());
  EXPECT_THAT(told<SetEnded>().at(0).result.error().hint, HasSubstr("ddcci"));
}

TEST_F(Session, RetriesStopWhenTheNextWouldBeTooLate) {
  monitor_->write_errors = {ENXIO, ENXIO, ENXIO};
  SetInputOrder order = set(0x11);
  order.deadline = now_ + 60ms;
  give(order);
  run(1s);
  EXPECT_THAT(monitor_->written, SizeIs(2));
  EXPECT_FALSE(told<SetEnded>().at(0).result);
}

TEST_F(Session, SetWhoseDeadlineHasPassedIsNotWritten) {
  SetInputOrder order = set(0x11);
  order.deadline = now_ - 1ms;
  give(order);
  run(10s);
  EXPECT_THAT(monitor_->written, IsEmpty());
  EXPECT_THAT(told<SetEnded>().at(0).result.error().reason, HasSubstr("not written"));
}

TEST_F(Session, SetThatTheLastOneWouldHoldUpBeyondItsDeadlineFailsAtOnce) {
  quirks_.settle = 5s;
  give(set(0x11, 1));
  run(10ms);
  give(set(0x12, 2));
  run(0ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11));
  ASSERT_THAT(told<SetEnded>(), SizeIs(2));
  EXPECT_FALSE(told<SetEnded>()[1].result);
}

TEST_F(Session, NewerSetReplacesOneThatIsNotWrittenYet) {
  give(set(0x0f, 1));
  run(0ms);
  give(set(0x11, 2));
  give(set(0x12, 3));
  run(200ms);
  EXPECT_THAT(monitor_->written, ElementsAre(::testing::_, kSet12));
  const auto ended = told<SetEnded>();
  ASSERT_THAT(ended, SizeIs(3));
  EXPECT_EQ(ended[1].ticket, 2U);
  EXPECT_THAT(ended[1].result.error().reason, HasSubstr("newer"));
  EXPECT_TRUE(ended[2].result);
}

TEST_F(Session, AbandonedSetIsAnswered) {
  give(set(0x11));
  session_.abandon();
  EXPECT_FALSE(told<SetEnded>().at(0).result);
  EXPECT_EQ(session_.step(now_), std::nullopt);
  EXPECT_THAT(monitor_->written, IsEmpty());
}

// ---- read-back --------------------------------------------------------------------------------

TEST_F(Session, ReadBackConfirmsLater) {
  give(set(0x11));
  run(299ms);
  EXPECT_THAT(told<InputSeen>(), IsEmpty());
  run(100ms);
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, ReadBackWaitsForMonitorsToSettle) {
  quirks_.settle = 2s;
  give(set(0x11));
  run(2299ms);
  EXPECT_THAT(monitor_->written, SizeIs(1));
  run(100ms);
  EXPECT_THAT(told<InputSeen>(), SizeIs(1));
}

TEST_F(Session, OnlyTheLowByteCounts) {
  monitor_->replies = {vcp_reply(0x60, 0x0311)};
  give(set(0x11));
  run(1s);
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, OnlyMeaningfulBitsCount) {
  quirks_.read_mask = 0x0f;
  monitor_->obeys = false;
  monitor_->shows = 0xf1;
  give(set(0x11));
  run(1s);
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, MonitorThatNeverSaysTheTruthIsNotAsked) {
  quirks_.read_mask = 0;
  give(ReadInputOrder{quirks_});
  EXPECT_EQ(monitor_->opened, 1) << "so that a switch finds the bus open";
  give(set(0x11));
  run(1min);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11));
  EXPECT_EQ(monitor_->reads, 0);
}

TEST_F(Session, AnswerThatIsLateIsLookedForAgainBeforeAskingAnew) {
  monitor_->replies = {null_message(), null_message(), Bytes(11, 0), vcp_reply(0x60, 0x11)};
  give(set(0x11));
  run(1s);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11, kGet));
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, GarbledAnswerIsAskedForAgain) {
  Bytes garbled = vcp_reply(0x60, 0x11);
  garbled.back() ^= 1;
  monitor_->replies = {garbled};
  give(set(0x11));
  run(2s);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11, kGet, kGet));
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, MonitorThatSwitchesSlowlyIsConfirmedInTheEnd) {
  monitor_->obeys = false;
  give(set(0x11));
  run(2s);
  EXPECT_THAT(told<InputSeen>(), IsEmpty());
  monitor_->shows = 0x11;
  run(3s);
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, MonitorThatDisagreesIsAProblemAfterThreeTries) {
  monitor_->obeys = false;
  give(set(0x11));
  run(1min);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11, kGet, kGet, kGet));
  ASSERT_THAT(told<InputSeen>(), SizeIs(1));
  const InputSeen seen = told<InputSeen>()[0];
  EXPECT_EQ(seen.said, 0x0f);
  EXPECT_THAT(seen.problem, HasSubstr("still says 0x0f after 4 s"));
}

TEST_F(Session, MonitorThatNeverAnswersIsAProblemAfterThreeTries) {
  monitor_->write_errors = {0, ENXIO, ENXIO, ENXIO};
  give(set(0x11));
  run(1min);
  ASSERT_THAT(told<InputSeen>(), SizeIs(1));
  EXPECT_EQ(told<InputSeen>()[0].said, std::nullopt);
  EXPECT_THAT(told<InputSeen>()[0].problem, HasSubstr("cannot confirm"));
}

TEST_F(Session, MonitorThatGoesBackByItselfIsNoticed) {
  give(set(0x11));
  run(1s);
  monitor_->shows = 0x0f;
  run(10s);
  ASSERT_THAT(told<InputSeen>(), SizeIs(2));
  EXPECT_EQ(told<InputSeen>()[1].said, 0x0f);
  EXPECT_THAT(told<InputSeen>()[1].problem, HasSubstr("went back"));
}

TEST_F(Session, ConfirmedMonitorThatFallsSilentStaysConfirmed) {
  give(set(0x11));
  run(1s);
  monitor_->write_errors = {ENXIO};
  run(10s);
  EXPECT_EQ(told<InputSeen>().back(), (InputSeen{0x11, 0x11, ""}));
}

TEST_F(Session, SetDoesNotWaitForAReadBackUnderWay) {
  give(set(0x11, 1));
  run(310ms);  // the Get of the read-back is out, its reply is not due
  ASSERT_THAT(monitor_->written, ElementsAre(kSet11, kGet));
  give(set(0x12, 2));
  run(1s);
  EXPECT_EQ(monitor_->written[2], kSet12);
  EXPECT_EQ(write_time(2), 350ms);
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{0x12, 0x12, ""}));
}

TEST_F(Session, NothingIsDueOnceAllIsSaid) {
  give(set(0x11));
  run(1min);
  EXPECT_EQ(session_.step(now_), std::nullopt);
}

// ---- reading ----------------------------------------------------------------------------------

TEST_F(Session, InputIsReadOnDemand) {
  give(ReadInputOrder{quirks_});
  run(100ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kGet));
  EXPECT_THAT(told<InputSeen>(), ElementsAre(InputSeen{{}, 0x0f, ""}));
  EXPECT_EQ(session_.step(now_), std::nullopt);
}

TEST_F(Session, ReplyIsReadFortyMillisecondsAfterTheQuestion) {
  give(ReadInputOrder{quirks_});
  run(39ms);
  EXPECT_EQ(monitor_->reads, 0);
  run(1ms);
  EXPECT_EQ(monitor_->reads, 1);
}

TEST_F(Session, MonitorThatDoesNotKnowTheFeatureIsAskedOnce) {
  monitor_->replies = {vcp_reply(0x60, 0, 1)};
  give(ReadInputOrder{quirks_});
  run(1min);
  EXPECT_THAT(monitor_->written, ElementsAre(kGet));
  EXPECT_THAT(told<InputSeen>().at(0).problem, HasSubstr("unsupported"));
}

TEST_F(Session, ReadingDoesNotDisturbAReadBack) {
  give(set(0x11));
  run(10ms);
  give(ReadInputOrder{quirks_});
  run(100ms);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11));
}

TEST_F(Session, ReadingReportsAnOpenFailureInWordsThatHelp) {
  monitor_->open_errors = {ENOENT, ENOENT, ENOENT};
  give(ReadInputOrder{quirks_});
  run(1min);
  EXPECT_THAT(told<InputSeen>().at(0).problem, HasSubstr("modprobe i2c-dev"));
}

// ---- EDID -------------------------------------------------------------------------------------

TEST_F(Session, EdidIsRead) {
  monitor_->edid = testing::edid_block("HOT", "HOT24", "A1");
  give(ReadEdidOrder{});
  run(0ms);
  ASSERT_THAT(told<EdidSeen>(), SizeIs(1));
  EXPECT_EQ(told<EdidSeen>()[0].edid->name, "HOT24");
  EXPECT_THAT(monitor_->written, IsEmpty())
      << "nothing is said to 0x37 before it is known who is there";
}

TEST_F(Session, MissingEdidIsToldAfterTwoTries) {
  give(ReadEdidOrder{});
  run(1s);
  EXPECT_EQ(monitor_->edid_reads, 2);
  ASSERT_THAT(told<EdidSeen>(), SizeIs(1));
  EXPECT_EQ(told<EdidSeen>()[0].edid, std::nullopt);
  EXPECT_EQ(session_.step(now_), std::nullopt);
}

TEST_F(Session, SetGoesBeforeTheEdid) {
  give(ReadEdidOrder{});
  give(set(0x11));
  session_.step(now_);
  EXPECT_THAT(monitor_->written, ElementsAre(kSet11));
  EXPECT_EQ(monitor_->edid_reads, 0);
}

}  // namespace
}  // namespace hotseat::adapters
