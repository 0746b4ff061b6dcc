// hotseat notify in a desktop's session: hotseatd on the system bus, the desktop on the session's.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <optional>

#include "tests/integration/dbus/bus_fixture.h"
#include "tests/integration/notify/notification_server.h"
#include "tests/times.h"

namespace hotseat::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

constexpr unsigned kLow = 0;
constexpr unsigned kCritical = 2;

class NotifyTest : public BusFixture {
 protected:
  void open_desktop() { desktop_.emplace(loop_.native(), session()); }

  void start_notify() {
    setenv("DBUS_SESSION_BUS_ADDRESS", session().c_str(), 1);
    notify_.emplace(loop_.native(), HOTSEAT_PROGRAM, std::vector<std::string>{"notify"});
    setenv("DBUS_SESSION_BUS_ADDRESS", PrivateBus::address(directory_.path()).c_str(), 1);
  }

  // It says nothing when it begins to listen: problems are made up until one gets through.
  void make_problems_until(const std::function<bool()>& so) {
    while (!so()) {
      app_.now.problems = {"problem " + std::to_string(++problems_)};
      app_.announce();
      const auto enough = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
      while (std::chrono::steady_clock::now() < enough) sd_event_run(loop_.native(), 10'000);
      ASSERT_FALSE(notify_->silent()) << notify_->err();
    }
  }

  // All of it ready, and nothing left to be shown but what the test makes happen.
  void start_all() {
    start_service();
    open_desktop();
    start_notify();
    make_problems_until([this] { return !desktop_->shown().empty(); });
    run_until([this] { return desktop_->shown().back().text == app_.now.problems.front(); });
    before_ = desktop_->shown().size();
  }

  void switch_to(const std::string& target) {
    app_.request_switch(target, "root", [](const SwitchReport&) {});
  }

  void wait_for(const std::string& title) {
    run_until([&] {
      return desktop_->shown().size() > before_ && desktop_->shown().back().title == title;
    });
  }

  std::vector<std::string> titles() const {
    std::vector<std::string> all;
    for (std::size_t i = before_; i < desktop_->shown().size(); ++i) {
      all.push_back(desktop_->shown()[i].title);
    }
    return all;
  }

  int status_at_its_end() {
    run_until([this] { return notify_->silent(); });
    return notify_->wait();
  }

  std::string session() const { return PrivateBus::address(session_directory_.path()); }

  TemporaryDirectory session_directory_;
  std::optional<PrivateBus> session_{std::in_place, session_directory_.path()};
  std::optional<NotificationServer> desktop_;
  std::optional<Program> notify_;
  int problems_ = 0;
  std::size_t before_ = 0;  // notifications that were shown before the test began
};

TEST_F(NotifyTest, TellsOnceThatTheSeatHasMoved) {
  start_all();
  switch_to("win11");
  wait_for("win11 has the seat");
  EXPECT_THAT(desktop_->shown().back(),
              AllOf(Field(&Shown::text, "412 ms"), Field(&Shown::urgency, kLow)));
  switch_to("host");
  wait_for("host has the seat");
  EXPECT_THAT(titles(), ElementsAre("start win11 …", "win11 has the seat", "start host …",
                                    "host has the seat"));
}

TEST_F(NotifyTest, AFailureIsCriticalAndSaysWhy) {
  start_all();
  app_.outcome = Outcome::rolled_back;
  switch_to("win11");
  wait_for("The switch to win11 failed; host has the seat");
  EXPECT_THAT(desktop_->shown().back(),
              AllOf(Field(&Shown::text, "start win11: no answer (look at its console)"),
                    Field(&Shown::urgency, kCritical)));
}

TEST_F(NotifyTest, WhatComesIsNoMarkup) {
  start_all();
  app_.now.problems = {"<b>mouse</b> & keyboard are away"};
  app_.announce();
  wait_for("hotseat needs a look");
  EXPECT_EQ(desktop_->shown().back().text, "&lt;b>mouse&lt;/b> &amp; keyboard are away");
}

TEST_F(NotifyTest, EachTakesThePlaceOfTheOneBefore) {
  start_all();
  switch_to("win11");
  wait_for("win11 has the seat");
  const auto& shown = desktop_->shown();
  EXPECT_EQ(shown.front().replaces, 0U);
  for (std::size_t i = 1; i < shown.size(); ++i) EXPECT_EQ(shown[i].replaces, shown[i - 1].id);
}

TEST_F(NotifyTest, ADesktopWithoutNotificationsIsToldOfOnceAndWaitedFor) {
  start_service();
  start_notify();
  make_problems_until([this] { return !notify_->err().empty(); });
  EXPECT_THAT(notify_->err(), HasSubstr("nothing in this session shows any"));
  open_desktop();
  make_problems_until([this] { return !desktop_->shown().empty(); });
  EXPECT_EQ(times(notify_->err(), "nothing in this session"), 1U) << notify_->err();
}

TEST_F(NotifyTest, GoesOnWhenTheDaemonIsRestarted) {
  start_all();
  stop_service();
  wait_for("hotseatd has stopped");
  EXPECT_EQ(desktop_->shown().back().urgency, kCritical);
  start_service();
  wait_for("hotseatd is back");
  switch_to("win11");
  wait_for("win11 has the seat");
}

TEST_F(NotifyTest, TheSessionMayBeginBeforeTheDaemon) {
  open_desktop();
  start_notify();
  start_service();
  make_problems_until([this] { return !desktop_->shown().empty(); });
  switch_to("win11");
  wait_for("win11 has the seat");
}

TEST_F(NotifyTest, EndsWithZeroOnSigterm) {
  start_all();
  notify_->terminate();
  EXPECT_EQ(status_at_its_end(), 0);
  EXPECT_EQ(notify_->err(), "");
}

TEST_F(NotifyTest, EndsWithTheSession) {
  start_all();
  session_.reset();
  EXPECT_EQ(status_at_its_end(), 0);
}

TEST_F(NotifyTest, EndsWithThreeWhenTheBusOfTheDaemonGoes) {
  start_all();
  bus_.reset();
  EXPECT_EQ(status_at_its_end(), 3);
  EXPECT_THAT(notify_->err(), HasSubstr("hotseatd is not reachable"));
}

TEST_F(NotifyTest, SaysThatThereIsNoSession) {
  session_.reset();
  start_notify();
  EXPECT_EQ(status_at_its_end(), 1);
  EXPECT_THAT(notify_->err(), HasSubstr("show notifications: no session bus"));
}

}  // namespace
}  // namespace hotseat::test
