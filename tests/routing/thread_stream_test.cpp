// The router's thread under a stream of events, with orders coming in all the while.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "tests/routing/wires.h"

namespace hotseat::routing {
namespace {

using adapters::evdev::Notice;
using adapters::evdev::Order;

// A mouse that counts: REL_X 1, 2, 3, …
class Counter {
 public:
  explicit Counter(const PipeDevice& device) : device_(device) {}

  // As a rule the router reads some of these before what is ordered next, and the rest after it.
  void say(int frames) {
    Events events;
    for (; frames > 0; --frames) {
      ++said_;
      events.insert(events.end(), {{0, 0, 2, 0, said_}, {0, 0, 2, 1, -said_}, {}});
    }
    device_.say(events);
  }
  std::size_t said() const { return static_cast<std::size_t>(said_); }

 private:
  const PipeDevice& device_;
  std::int32_t said_ = 0;
};

// What has arrived where.
class Tally {
 public:
  void drain(Wires& wires, SourceSlot slot = 0) {
    for (TargetSlot target = 0; target < Wires::kTargets; ++target) {
      while (const auto write = wires.clone(target, slot).next(std::chrono::milliseconds(0))) {
        count(target, *write);
      }
    }
  }
  std::size_t frames() const { return seen_.size(); }
  std::size_t targets() const { return last_.size(); }

 private:
  void count(TargetSlot target, const Events& events) {
    ASSERT_EQ(events.size() % 3, 0u) << "half a frame";
    for (std::size_t index = 0; index < events.size(); index += 3) {
      const std::int32_t number = events[index].value;
      EXPECT_EQ(events[index + 1].value, -number) << "a frame is torn";
      EXPECT_GT(number, last_[target]) << "out of order, or doubled";
      EXPECT_TRUE(seen_.emplace(number, target).second) << number << " is doubled";
      last_[target] = number;
    }
  }

  std::map<std::int32_t, TargetSlot> seen_;
  std::map<TargetSlot, std::int32_t> last_;
};

// Takes what arrives until there are so many frames.
void take(std::size_t frames, Wires& wires, Tally& tally) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (tally.frames() < frames) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    tally.drain(wires);
    if (testing::Test::HasFatalFailure()) return;
    std::this_thread::yield();
  }
}

void order_route(Wires& wires, TargetSlot target) {
  Order route;
  route.kind = Order::Kind::route;
  route.target = target;
  route.releases = wires.releases();
  wires.thread().order(route);
}

TEST(RouterThreadStream, a_thousand_routes_lose_and_double_nothing) {
  Wires wires;
  wires.grab(0);
  Tally tally;
  Counter mouse(wires.device());
  for (unsigned i = 0; i < 1000; ++i) {
    mouse.say(20);
    order_route(wires, (i + 1) % Wires::kTargets);
    tally.drain(wires);
  }
  take(mouse.said(), wires, tally);
  EXPECT_EQ(tally.targets(), Wires::kTargets);
}

// Four seconds apart, by its own account: never a second press.
Events release_chord(std::int64_t number) {
  Events events = frames_in(words_of("LEFTCTRL down | ESC down | ESC up | LEFTCTRL up"));
  for (InputEvent& event : events) event.seconds = 4 * number;
  return events;
}

TEST(RouterThreadStream, routes_by_order_and_by_chord_lose_and_double_nothing) {
  Wires wires(2);
  wires.set_hotkeys({hotkey_of(HotkeyAction::release, "LEFTCTRL+ESC")});
  for (const SourceSlot slot : {0U, 1U}) wires.grab(slot);
  Tally tally;
  Counter mouse(wires.device());
  unsigned told = 0;
  for (unsigned i = 0; i < 500; ++i) {
    mouse.say(10);
    // Every second order is of somebody who knows of all releases, and is carried out.
    for (; i % 2 == 0 && told < i; ++told) ASSERT_TRUE(wires.next(Notice::Kind::fired));
    order_route(wires, 1 + i / 2 % 2);
    mouse.say(10);
    wires.device(1).say(release_chord(i));
    tally.drain(wires);
    for (TargetSlot target = 0; target < Wires::kTargets; ++target) {
      while (wires.clone(target, 1).next(std::chrono::milliseconds(0))) {
      }
    }
  }
  take(mouse.said(), wires, tally);
  EXPECT_EQ(tally.targets(), Wires::kTargets);
}

// Everything that the loop thread ever orders, while events stream.
TEST(RouterThreadStream, orders_of_every_kind_lose_and_double_nothing) {
  Wires wires(2);
  wires.grab(0);
  Tally tally;
  Counter mouse(wires.device());
  const std::vector<Hotkey> some{hotkey_of(HotkeyAction::cycle, "LEFTCTRL+RIGHTCTRL")};
  for (unsigned i = 0; i < 100; ++i) {
    Order order;
    order.slot = 1;
    for (const Order::Kind kind : {Order::Kind::grab, Order::Kind::take_up, Order::Kind::ping,
                                   Order::Kind::remove_source, Order::Kind::add_source}) {
      mouse.say(20);
      order.kind = kind;
      order.device = &wires.device(1);
      wires.order(order);
      tally.drain(wires);
    }
    wires.set_hotkeys(i % 2 == 0 ? some : std::vector<Hotkey>{});
    order.kind = Order::Kind::set_clone;
    order.target = i % Wires::kTargets;
    order.fd = wires.clone(order.target, 1).fd();
    wires.order(order);
    wires.route(i % Wires::kTargets);
    tally.drain(wires);
  }
  take(mouse.said(), wires, tally);
}

}  // namespace
}  // namespace hotseat::routing
