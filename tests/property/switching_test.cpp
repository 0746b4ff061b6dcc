// DESIGN: one owner; all or nothing, and honest; no lost device.
#include <gtest/gtest.h>

#include "tests/property/chaos.h"
#include "tests/property/desk.h"
#include "tests/property/seeds.h"

namespace hotseat::property {
namespace {

void expect_nothing_wrong(const std::vector<std::string>& wrong, const Desk& desk) {
  ASSERT_TRUE(wrong.empty()) << testing::PrintToString(wrong) << '\n' << desk.story();
}

TEST(one_owner, whatever_happens_it_ends_with_every_device_at_one_owner_that_runs) {
  for_seeds(400, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    for (int i = 0; i < 25; ++i) {
      if (chaos.pick(2) == 0) chaos.ask();
      if (chaos.pick(2) == 0) chaos.disturb();
      chaos.wait();
      expect_nothing_wrong(desk.wrong_now(), desk);
      if (testing::Test::HasFatalFailure()) return;
    }
    desk.settle();
    expect_nothing_wrong(desk.wrong_when_settled(), desk);
  });
}

TEST(one_owner, a_guest_that_dies_loses_the_seat_to_the_host) {
  for_seeds(100, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    ASSERT_EQ(desk.switch_to("win11").owner, TargetName("win11")) << desk.story();
    desk.clock().advance(std::chrono::milliseconds(chaos.pick(2000)));
    desk.workstation().machines().kill(DomainName("win11"));
    desk.clock().advance(std::chrono::minutes(1));
    EXPECT_EQ(desk.owner(), kHost) << desk.story();
    expect_nothing_wrong(desk.wrong_when_settled(), desk);
  });
}

TEST(all_or_nothing, the_answer_is_true_when_it_is_given) {
  for_seeds(300, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    const std::vector<std::string> targets = {"win11", "zorg", "host"};
    for (int i = 0; i < 6; ++i) {
      for (std::size_t faults = chaos.pick(3); faults > 0; --faults) {
        const auto operation = static_cast<sim::Operation>(chaos.pick(3));
        desk.workstation().libvirtd().fault_next(operation, {});
      }
      const SwitchReport report = desk.switch_to(targets[chaos.pick(targets.size())]);
      ASSERT_EQ(desk.requests().back().answers, 1) << desk.story();
      // Refusals by libvirt alone can always be undone: at this very moment all is in one place.
      for (const char* device : {"keyboard", "mouse"}) {
        ASSERT_EQ(desk.holder(device), report.owner.str())
            << device << " after " << to_string(report.outcome) << '\n'
            << desk.story();
      }
      expect_nothing_wrong(desk.wrong_now(), desk);
      if (testing::Test::HasFatalFailure()) return;
      desk.workstation().libvirtd().clear_faults();
      desk.clock().advance(std::chrono::seconds(5));
    }
  });
}

TEST(all_or_nothing, a_refusal_touches_nothing) {
  for_seeds(50, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    const std::vector<std::string> hopeless = {"debby", "nobody"};
    const auto before = desk.workstation().machines().all();
    const int writes = desk.workstation().screens().writes_to("left");
    const SwitchReport report = desk.switch_to(hopeless[chaos.pick(2)]);
    EXPECT_EQ(report.outcome, Outcome::refused);
    EXPECT_EQ(desk.workstation().machines().all(), before);
    EXPECT_EQ(desk.workstation().screens().writes_to("left"), writes);
    EXPECT_TRUE(desk.workstation().programs().runs().empty());
    EXPECT_EQ(desk.owner(), kHost);
  });
}

TEST(no_lost_device, a_device_that_is_replugged_at_any_time_returns_to_the_owner) {
  for_seeds(200, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    const std::vector<std::string> targets = {"win11", "zorg", "host"};
    for (int i = 0; i < 4; ++i) {
      desk.request_switch(targets[chaos.pick(targets.size())]);
      desk.clock().advance(std::chrono::milliseconds(chaos.pick(3000)));
      desk.note("keyboard is replugged");
      desk.workstation().usb().replug("keyboard");
      chaos.wait();
    }
    desk.clock().advance(std::chrono::minutes(2));
    expect_nothing_wrong(desk.wrong_when_settled(), desk);
  });
}

TEST(no_lost_device, a_late_device_follows_the_seat) {
  for_seeds(50, [](std::uint64_t seed) {
    Desk desk(seed);
    ASSERT_EQ(desk.switch_to("win11").owner, TargetName("win11")) << desk.story();
    desk.workstation().usb().plug("gamepad");
    desk.clock().advance(std::chrono::minutes(1));
    EXPECT_EQ(desk.holder("gamepad"), "win11") << desk.story();
  });
}

TEST(no_lost_device, what_is_not_of_the_seat_is_never_touched) {
  for_seeds(50, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    ASSERT_TRUE(desk.workstation().attach_by_hand("twin-a", DomainName("win11")).has_value());
    for (int i = 0; i < 6; ++i) {
      chaos.ask();
      chaos.wait();
      ASSERT_EQ(desk.holder("twin-a"), "win11") << desk.story();
      ASSERT_EQ(desk.holder("twin-b"), "host") << desk.story();
    }
  });
}

TEST(nothing_attached_twice, whatever_is_asked_in_whatever_order) {
  for_seeds(200, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    for (int i = 0; i < 40; ++i) {
      chaos.ask();
      for (std::size_t steps = chaos.pick(20); steps > 0; --steps) desk.clock().step();
      expect_nothing_wrong(desk.wrong_now(), desk);
      if (testing::Test::HasFatalFailure()) return;
    }
    desk.settle();
    expect_nothing_wrong(desk.wrong_when_settled(), desk);
  });
}

TEST(every_request_is_answered, exactly_once_even_when_libvirt_never_comes_back) {
  for_seeds(100, [](std::uint64_t seed) {
    Desk desk(seed);
    Chaos chaos(desk, seed);
    for (int i = 0; i < 10; ++i) {
      chaos.ask();
      chaos.wait();
      if (i == 4) desk.workstation().libvirtd().go_down();
    }
    desk.clock().advance(std::chrono::minutes(10));
    for (const Desk::Request& request : desk.requests()) {
      EXPECT_EQ(request.answers, 1) << request.asked << '\n' << desk.story();
    }
  });
}

}  // namespace
}  // namespace hotseat::property
