#include "adapters/ddc/ddc_monitors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "tests/unit/ddc/fake_bus.h"
#include "tests/unit/ddc/sysfs_tree.h"

namespace hotseat::adapters {
namespace {

using namespace std::chrono_literals;
using testing::Bytes;
using ::testing::Contains;
using testing::edid_block;
using testing::FakeBus;
using testing::FakeMonitor;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The loop thread is the test's own: what was posted runs while the test waits for something.
class TestLoop : public ports::Dispatcher, public ports::Clock {
 public:
  void post(std::function<void()> callback) override {
    {
      std::lock_guard lock(mutex_);
      posted_.push_back(std::move(callback));
    }
    wake_.notify_one();
  }

  ports::Instant now() const override { return std::chrono::steady_clock::now(); }
  std::unique_ptr<ports::Timer> after(ports::Duration, std::function<void()>) override {
    ADD_FAILURE() << "the adapter has no business with the loop's timers";
    return nullptr;
  }

  template <typename Condition>
  void run_until(Condition condition) {
    while (!condition()) next()();
  }

  // Waits for one callback without running it.
  std::function<void()> next() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !posted_.empty(); });
    auto callback = std::move(posted_.front());
    posted_.pop_front();
    return callback;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> posted_;
};

// A bus whose EDID cannot be read until the test says so.
class HungBus : public FakeBus {
 public:
  struct Gate {
    std::mutex mutex;
    std::condition_variable moved;
    bool reached = false;
    bool open = false;

    void wait_until_reached() {
      std::unique_lock lock(mutex);
      moved.wait(lock, [this] { return reached; });
    }
    void let_go() {
      std::lock_guard lock(mutex);
      open = true;
      moved.notify_all();
    }
  };

  HungBus(std::shared_ptr<FakeMonitor> monitor, std::shared_ptr<Gate> gate)
      : FakeBus(std::move(monitor)), gate_(std::move(gate)) {}

  I2cResult read_edid(std::span<std::uint8_t> block) override {
    std::unique_lock lock(gate_->mutex);
    gate_->reached = true;
    gate_->moved.notify_all();
    gate_->moved.wait(lock, [this] { return gate_->open; });
    lock.unlock();
    return FakeBus::read_edid(block);
  }

 private:
  std::shared_ptr<Gate> gate_;
};

MonitorSpec by_model(const char* name, const char* model) {
  MonitorSpec spec;
  spec.name = MonitorName{name};
  spec.match.model = model;
  return spec;
}

class Monitors : public ::testing::Test {
 protected:
  void start() {
    monitors_.emplace(loop_, loop_, tree_.paths(), [this](int number) -> std::unique_ptr<I2cBus> {
      if (gates_.contains(number)) {
        return std::make_unique<HungBus>(fakes_.at(number), gates_.at(number));
      }
      return std::make_unique<FakeBus>(fakes_.at(number));
    });
    monitors_->observe([this](const std::vector<MonitorStatus>& all) {
      seen_ = all;
      if (!all.empty()) presence_.push_back(all.front().present);
    });
  }

  // A monitor on a bus of its own; its EDID has to be read over the wire.
  std::shared_ptr<FakeMonitor> plug(int number, const char* model, const char* serial) {
    auto fake = std::make_shared<FakeMonitor>();
    fake->now = [] { return std::chrono::steady_clock::now(); };
    fake->edid = edid_block("HOT", model, serial);
    fakes_[number] = fake;
    tree_.bus(number, "simulated DDC bus");
    return fake;
  }

  MonitorStatus status(const char* name) const {
    for (const MonitorStatus& one : seen_) {
      if (one.name.str() == name) return one;
    }
    return {};
  }

  void wait_until_known(const char* name) {
    loop_.run_until([&] { return status(name).input.has_value(); });
  }

  Expected<void> set(const char* name, std::uint8_t input, ports::Duration deadline = 1h) {
    std::optional<Expected<void>> result;
    monitors_->set_input(MonitorName{name}, input, deadline,
                         [&](Expected<void> answer) { result = std::move(answer); });
    EXPECT_FALSE(result) << "never from inside the call";
    loop_.run_until([&] { return result.has_value(); });
    return *result;
  }

  testing::SysfsTree tree_;
  TestLoop loop_;
  std::map<int, std::shared_ptr<FakeMonitor>> fakes_;
  std::map<int, std::shared_ptr<HungBus::Gate>> gates_;
  std::vector<MonitorStatus> seen_;
  std::vector<bool> presence_;  // of the first, in each report
  std::optional<DdcMonitors> monitors_;
};

TEST_F(Monitors, AreFoundByTheirEdidAndSayTheirInput) {
  plug(3, "HOT24", "A1");
  plug(5, "HOT27", "B2")->shows = 0x11;
  start();
  monitors_->configure({by_model("left", "HOT24"), by_model("right", "HOT27")});
  wait_until_known("left");
  wait_until_known("right");
  EXPECT_EQ(status("left"),
            (MonitorStatus{MonitorName{"left"}, true, 3, 0x0f, InputCertainty::verified, ""}));
  EXPECT_EQ(status("right"),
            (MonitorStatus{MonitorName{"right"}, true, 5, 0x11, InputCertainty::verified, ""}));
}

TEST_F(Monitors, AreReportedBeforeTheyAreFound) {
  start();
  monitors_->configure({by_model("left", "HOT24")});
  EXPECT_THAT(seen_, IsEmpty()) << "never from inside the call";
  loop_.next()();
  EXPECT_FALSE(status("left").present);
  EXPECT_EQ(status("left").problem, "still looking for it");
  loop_.run_until([&] { return status("left").problem != "still looking for it"; });
  EXPECT_THAT(status("left").problem, HasSubstr("not found"));
}

TEST_F(Monitors, SetIsOnTheWireWhenItIsAnswered) {
  const auto fake = plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  EXPECT_TRUE(set("left", 0x11));
  EXPECT_EQ(status("left").input, 0x11);
  EXPECT_EQ(status("left").certainty, InputCertainty::requested);
  std::lock_guard lock(fake->mutex);
  EXPECT_THAT(fake->written, Contains(Bytes{0x51, 0x84, 0x03, 0x60, 0x00, 0x11, 0xc9}));
  EXPECT_EQ(fake->opened, 1) << "the handle opened at discovery is kept";
}

TEST_F(Monitors, FailedSetIsAnErrorAndAProblem) {
  const auto fake = plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  {
    std::lock_guard lock(fake->mutex);
    fake->write_errors = {ENXIO, ENXIO, ENXIO};
  }
  const auto result = set("left", 0x11);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().object, "left (bus 3)");
  EXPECT_THAT(status("left").problem, HasSubstr("does not acknowledge"));
  EXPECT_EQ(status("left").input, 0x0f);

  EXPECT_TRUE(set("left", 0x11));
  EXPECT_EQ(status("left").problem, "");
}

TEST_F(Monitors, UnknownAndMissingOnesAreRefusedWithTheReason) {
  start();
  monitors_->configure({by_model("left", "HOT24")});
  loop_.run_until([&] { return status("left").problem.starts_with("not found"); });
  EXPECT_THAT(set("left", 0x11).error().reason, HasSubstr("not found"));
  EXPECT_EQ(set("middle", 0x11).error().reason, "no such monitor");
}

TEST_F(Monitors, HungBusDelaysNeitherDiscoveryNorSwitchingOfTheOthers) {
  plug(1, "HOT99", "Z9");
  gates_[1] = std::make_shared<HungBus::Gate>();
  plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  gates_[1]->wait_until_reached();
  EXPECT_TRUE(set("left", 0x11));
  gates_[1]->let_go();
}

TEST_F(Monitors, BusOfNoInterestIsClosedAgain) {
  const auto other = plug(1, "HOT99", "Z9");
  plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  loop_.run_until([&] {
    std::lock_guard lock(other->mutex);
    return other->closed == 1;
  });
  std::lock_guard lock(other->mutex);
  EXPECT_THAT(other->written, IsEmpty()) << "nothing is said to a monitor that is not ours";
}

TEST_F(Monitors, VanishedBusIsClosedAndItsMonitorGone) {
  const auto fake = plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  tree_.remove_bus(3);
  monitors_->rescan();
  loop_.run_until([&] {
    std::lock_guard lock(fake->mutex);
    return fake->closed == 1;
  });
  loop_.run_until([&] { return !status("left").bus; });
  EXPECT_FALSE(status("left").present);
  EXPECT_EQ(status("left").input, std::nullopt);
}

TEST_F(Monitors, WhoHasBeenAwayBetweenTwoLooksIsToldToHaveBeen) {
  const auto fake = plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  tree_.replace_bus(3);
  presence_.clear();
  monitors_->rescan();
  loop_.run_until([&] { return presence_.size() > 1 && presence_.back(); });
  EXPECT_FALSE(presence_.front());
  wait_until_known("left");
  loop_.run_until([&] {  // the handle of the bus that is gone
    std::lock_guard lock(fake->mutex);
    return fake->closed == 1;
  });
}

TEST_F(Monitors, MonitorIsFoundAgainUnderAnotherNumber) {
  plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  tree_.remove_bus(3);
  const auto moved = plug(8, "HOT24", "A1");
  monitors_->rescan();
  loop_.run_until([&] { return status("left").bus == 8; });
  EXPECT_TRUE(set("left", 0x11));
  std::lock_guard lock(moved->mutex);
  EXPECT_EQ(moved->shows, 0x11);
}

TEST_F(Monitors, MonitorThatHidesItsEdidCanStillBeSwitched) {
  const auto fake = plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  {
    std::lock_guard lock(fake->mutex);
    fake->edid.clear();
  }
  monitors_->rescan();
  loop_.run_until([&] { return !status("left").present; });
  EXPECT_EQ(status("left").bus, 3);
  EXPECT_TRUE(set("left", 0x11));
}

TEST_F(Monitors, IdenticalOnesAreAmbiguousUntilOneGoes) {
  plug(3, "HOT24", "");
  plug(5, "HOT24", "");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  loop_.run_until([&] { return status("left").problem.starts_with("matches 2 monitors"); });
  EXPECT_FALSE(set("left", 0x11));
  tree_.remove_bus(3);
  monitors_->rescan();
  wait_until_known("left");
  EXPECT_EQ(status("left").bus, 5);
}

TEST_F(Monitors, QuirksOfTheConfigReachTheWire) {
  const auto fake = plug(3, "HOT24", "A1");
  start();
  MonitorSpec spec = by_model("left", "HOT24");
  spec.quirks.source_address = 0x50;
  spec.quirks.feature = 0xf4;
  monitors_->configure({spec});
  wait_until_known("left");
  EXPECT_TRUE(set("left", 0x90));
  std::lock_guard lock(fake->mutex);
  EXPECT_THAT(fake->written, Contains(Bytes{0x50, 0x84, 0x03, 0xf4, 0x00, 0x90, 0xdd}));
}

TEST_F(Monitors, NewConfigurationKeepsWhatIsKnown) {
  plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  monitors_->configure({by_model("other", "HOT99"), by_model("left", "HOT24")});
  loop_.run_until([&] { return seen_.size() == 2; });
  EXPECT_EQ(status("left").input, 0x0f);
  EXPECT_TRUE(status("left").present);
}

TEST_F(Monitors, NeedNoBusTrafficWhenTheKernelHasTheEdid) {
  const auto card = tree_.pci("0000:01:00.0", "0x030000");
  const auto connector = tree_.connector(card, "card0-DP-1");
  tree_.bus(7, "AUX", connector);
  tree_.edid(connector, edid_block("HOT", "HOT24", "A1"));
  const auto fake = std::make_shared<FakeMonitor>();
  fake->now = [] { return std::chrono::steady_clock::now(); };
  fakes_[7] = fake;
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  EXPECT_EQ(status("left").bus, 7);
  std::lock_guard lock(fake->mutex);
  EXPECT_EQ(fake->edid_reads, 0);
}

TEST_F(Monitors, NothingIsCalledBackAfterDestruction) {
  plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  bool called = false;
  monitors_->set_input(MonitorName{"left"}, 0x11, 1h,
                       [&](const Expected<void>&) { called = true; });
  auto posted = loop_.next();  // the answer, or what came before it
  monitors_.reset();
  posted();
  EXPECT_FALSE(called);
}

TEST_F(Monitors, DestructionJoinsWorkersThatSleepOnAReadBack) {
  plug(3, "HOT24", "A1");
  start();
  monitors_->configure({by_model("left", "HOT24")});
  wait_until_known("left");
  EXPECT_TRUE(set("left", 0x11));
  monitors_.reset();
  EXPECT_EQ(fakes_[3]->closed, 1);
}

}  // namespace
}  // namespace hotseat::adapters
