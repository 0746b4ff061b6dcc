// DESIGN: killed at any instant, it recovers.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/property/chaos.h"
#include "tests/property/desk.h"
#include "tests/property/seeds.h"

namespace hotseat::property {
namespace {

struct Switch {
  std::string from;
  std::string to;
};

void PrintTo(const Switch& way, std::ostream* out) {
  *out << way.from << " to " << way.to;
}

class killed_at_any_instant_it_recovers : public testing::TestWithParam<Switch> {};

// Brings the seat to `from` and asks for `to`.
void begin(Desk& desk, const Switch& way) {
  if (way.from != "host") desk.switch_to(way.from);
  desk.clock().advance(std::chrono::seconds(5));
  desk.request_switch(way.to);
}

void expect_recovered(Desk& desk, const std::string& when) {
  const auto wrong = desk.wrong_when_settled();
  ASSERT_TRUE(wrong.empty()) << when << ": " << testing::PrintToString(wrong) << '\n'
                             << desk.story();
}

TEST_P(killed_at_any_instant_it_recovers, before_every_callback_of_a_switch) {
  for (int instant = 0;; ++instant) {
    Desk desk(7);
    begin(desk, GetParam());
    for (int i = 0; i < instant; ++i) desk.clock().step();
    const bool over = desk.requests().back().answers > 0;
    desk.kill_daemon();
    desk.start_daemon();
    desk.clock().advance(std::chrono::minutes(2));
    expect_recovered(desk, "killed after callback " + std::to_string(instant));
    if (HasFatalFailure() || over) return;
  }
}

TEST_P(killed_at_any_instant_it_recovers, and_stays_away_for_a_while) {
  for (int instant = 0;; ++instant) {
    Desk desk(11);
    begin(desk, GetParam());
    for (int i = 0; i < instant; ++i) desk.clock().step();
    const bool over = desk.requests().back().answers > 0;
    desk.kill_daemon();
    desk.clock().advance(std::chrono::milliseconds(37) * instant);
    desk.start_daemon();
    desk.clock().advance(std::chrono::minutes(2));
    expect_recovered(desk, "killed after callback " + std::to_string(instant));
    if (HasFatalFailure() || over) return;
  }
}

INSTANTIATE_TEST_SUITE_P(switches, killed_at_any_instant_it_recovers,
                         testing::Values(Switch{"host", "win11"}, Switch{"win11", "host"},
                                         Switch{"host", "zorg"}, Switch{"win11", "zorg"}),
                         [](const auto& test) { return test.param.from + "_to_" + test.param.to; });

TEST(killed_again_and_again, amid_faults_it_recovers) {
  for_seeds(400, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    for (int i = 0; i < 25; ++i) {
      if (chaos.pick(2) == 0) chaos.ask();
      if (chaos.pick(3) == 0) chaos.disturb();
      if (chaos.pick(4) == 0) chaos.kill_or_start();
      chaos.wait();
    }
    desk.settle();
    expect_recovered(desk, "after it all");
  });
}

}  // namespace
}  // namespace hotseat::property
