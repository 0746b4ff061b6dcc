// The daemon outlives its bus, and comes back to it by itself.
#include "service/bus_link.h"

#include <gmock/gmock.h>

#include <chrono>

#include "bus_fixture.h"
#include "service/dbus_names.h"

namespace hotseat::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Time passes when the test says so.
class ManualClock : public ports::Clock {
 public:
  ports::Instant now() const override { return {}; }
  std::unique_ptr<ports::Timer> after(ports::Duration delay,
                                      std::function<void()> callback) override {
    pauses.push_back(delay);
    auto timer = std::make_unique<Timer>(*this);
    callback_ = std::move(callback);
    armed_ = timer.get();
    return timer;
  }
  bool armed() const { return armed_ != nullptr; }
  void fire() {
    armed_ = nullptr;
    const auto callback = callback_;
    callback();
  }

  std::vector<ports::Duration> pauses;

 private:
  struct Timer : ports::Timer {
    explicit Timer(ManualClock& its_clock) : clock(its_clock) {}
    ~Timer() override {
      if (clock.armed_ == this) clock.armed_ = nullptr;
    }
    ManualClock& clock;
  };
  std::function<void()> callback_;
  const Timer* armed_ = nullptr;
};

class BusLinkTest : public ::testing::Test {
 protected:
  void run_until(const std::function<bool()>& so) {
    while (!so()) {
      if (sd_event_run(loop_.native(), 20'000'000) <= 0) throw std::runtime_error("hangs");
    }
  }
  void start_link() {
    link_.emplace(
        loop_.native(), clock_, service::BusKind::session, service::kBusName,
        service::BusLink::Hooks{[this](sd_bus*) {
                                  ++attached_;
                                  return 0;
                                },
                                [this] { ++detached_; },
                                [this](const std::string& text) { notices_.push_back(text); },
                                [this](const std::string& text) { problem_ = text; }});
  }
  bool name_is_taken() {
    sd_bus* raw = nullptr;
    if (sd_bus_open_user(&raw) < 0) return false;
    const service::Bus client(raw);
    return sd_bus_get_name_creds(raw, "org.hotseat.Hotseat1", 0, nullptr) >= 0;
  }

  TemporaryDirectory directory_;
  BusAddress address_{directory_.path()};
  adapters::Loop loop_;
  ManualClock clock_;
  std::vector<std::string> notices_;
  int attached_ = 0;
  int detached_ = 0;
  std::string problem_;
  std::optional<service::BusLink> link_;
};

TEST_F(BusLinkTest, WaitsForABusThatIsNotThereYet) {
  start_link();
  EXPECT_EQ(link_->connection(), nullptr);
  ASSERT_EQ(notices_.size(), 1U);
  EXPECT_THAT(notices_[0], HasSubstr("session bus is not reachable"));
  ASSERT_TRUE(clock_.armed());

  const PrivateBus bus(directory_.path());
  clock_.fire();
  run_until([&] { return notices_.size() == 2; });
  EXPECT_THAT(notices_[1], HasSubstr("connected to the session bus"));
  EXPECT_NE(link_->connection(), nullptr);
  EXPECT_TRUE(name_is_taken());
  EXPECT_FALSE(clock_.armed()) << "a timer runs although all is well";
}

TEST_F(BusLinkTest, TellsOneProblemOnceAndPausesLongerEachTime) {
  start_link();
  for (int tries = 0; tries < 8; ++tries) clock_.fire();
  EXPECT_EQ(notices_.size(), 1U);
  EXPECT_THAT(clock_.pauses,
              ElementsAre(200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 10s, 10s, 10s));
}

TEST_F(BusLinkTest, ComesBackWhenTheBusIsRestarted) {
  std::optional<PrivateBus> bus(std::in_place, directory_.path());
  start_link();
  run_until([&] { return name_is_taken(); });
  EXPECT_EQ(attached_, 1);
  bus.reset();
  run_until([&] { return !notices_.empty(); });
  EXPECT_THAT(notices_[0], HasSubstr("closed the connection"));
  EXPECT_EQ(link_->connection(), nullptr);

  bus.emplace(directory_.path());
  clock_.fire();
  run_until([&] { return notices_.size() == 2; });
  EXPECT_TRUE(name_is_taken());
  EXPECT_EQ(attached_, 2);
  EXPECT_EQ(detached_, 1);
}

TEST_F(BusLinkTest, TriesAgainWhenThePolicyForbidsTheName) {
  std::optional<PrivateBus> bus(std::in_place, directory_.path(),
                                R"(<deny own="org.hotseat.Hotseat1"/>)");
  start_link();
  run_until([&] { return !notices_.empty(); });
  EXPECT_THAT(notices_[0], HasSubstr("refuses the name org.hotseat.Hotseat1"));
  EXPECT_TRUE(clock_.armed());
  EXPECT_EQ(link_->connection(), nullptr);
}

TEST_F(BusLinkTest, WaitsInLineWhenTheNameIsTakenAndGetsItWithoutATimer) {
  const PrivateBus bus(directory_.path());
  sd_bus* raw = nullptr;
  ASSERT_GE(sd_bus_open_user(&raw), 0);
  service::Bus other(raw);
  ASSERT_GE(sd_bus_request_name(raw, "org.hotseat.Hotseat1", 0), 0);
  start_link();
  run_until([&] { return !notices_.empty(); });
  EXPECT_THAT(notices_[0], HasSubstr("belongs to another process"));
  EXPECT_FALSE(clock_.armed());
  other.reset();
  EXPECT_TRUE(name_is_taken());
}

TEST_F(BusLinkTest, LetsGoOfTheNameWhenItEnds) {
  const PrivateBus bus(directory_.path());
  start_link();
  run_until([&] { return name_is_taken(); });
  link_.reset();
  EXPECT_FALSE(name_is_taken());
}

}  // namespace
}  // namespace hotseat::test
