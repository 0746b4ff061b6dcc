// Whatever happens, in whatever order: no key stuck, nothing lost, no chord that leaks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/input-event-codes.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <functional>

#include "tests/routing/story.h"

namespace rc {

template <>
struct Arbitrary<hotseat::routing::Step> {
  static Gen<hotseat::routing::Step> arbitrary() {
    using hotseat::routing::Life;
    using hotseat::routing::Step;
    using Kind = Step::Kind;
    return gen::build<Step>(
        gen::set(&Step::kind, gen::weightedElement<Kind>({{12, Kind::stroke},
                                                          {1, Kind::repeat},
                                                          {3, Kind::move},
                                                          {2, Kind::tilt},
                                                          {3, Kind::touch},
                                                          {2, Kind::lose},
                                                          {1, Kind::replug},
                                                          {2, Kind::take_up},
                                                          {3, Kind::route},
                                                          {1, Kind::exchange},
                                                          {2, Kind::wait}})),
        gen::set(&Step::device, gen::inRange<hotseat::SourceSlot>(0, Life::kDevices)),
        gen::set(&Step::what, gen::inRange<unsigned>(0, 1024)),
        gen::set(&Step::together, gen::weightedElement<bool>({{3, false}, {1, true}})));
  }
};

}  // namespace rc

namespace hotseat::routing {
namespace {

// The same stories every time, unless RC_PARAMS in the environment says otherwise; one that fails
// is made as short as it can be.
void for_stories(const std::function<void(const std::vector<Step>&)>& body) {
  ::setenv("RC_PARAMS", "seed=1 max_success=1000 max_size=200", 0);
  EXPECT_TRUE(rc::check(body));
}

TEST(RoutingProperty, every_press_is_released_once_where_it_was_pressed) {
  for_stories([](const std::vector<Step>& story) {
    Life life;
    for (const Step& step : story) {
      life.live(step);
      RC_ASSERT(life.wrong() == std::vector<std::string>{});
    }
    life.end();
    RC_ASSERT(life.wrong() == std::vector<std::string>{});
  });
}

// ---- the most that one read can make ------------------------------------------------------------

// All keys change each time it is asked.
class Fickle : public Clones {
 public:
  void ask_state(SourceSlot, Router::DeviceState& state) override {
    all_down_ = !all_down_;
    if (all_down_) state.down.set();
  }

 private:
  bool all_down_ = false;
};

TEST(RoutingProperty, any_number_of_losses_in_one_read_fits) {
  Fickle clones;
  Router router(clones);
  router.add_source(0, {});
  router.set_forwarding(0, true);
  Events events;
  while (events.size() < Router::kMostEvents) {
    events.insert(events.end(), {{0, 0, EV_SYN, SYN_DROPPED, 0}, {}});
  }
  router.feed(0, events);
  router.feed(0, events);
  EXPECT_THAT(clones.wrong(), ::testing::IsEmpty());
}

// What the device's queue holds behind a loss is in the state that it is asked for already.
class Lossy : public testing::Test {
 protected:
  Lossy() {
    Hotkey chord;
    chord.keys = {KEY_LEFTCTRL, KEY_KP1};
    HotkeyMatcher matcher({chord});
    router_.exchange_hotkeys(matcher);
    router_.add_source(0, {});
    router_.set_forwarding(0, true);
  }
  // Read in one go: a loss, and then these.
  void lose(const std::string& then) {
    Events events{{0, 0, EV_SYN, SYN_DROPPED, 0}, {}};
    const Events rest = frames_in(words_of(then));
    events.insert(events.end(), rest.begin(), rest.end());
    router_.feed(0, events);
  }
  void read(const std::string& text) { router_.feed(0, frames_in(words_of(text))); }
  bool any_fired() {
    const auto all = clones_.take();
    return std::any_of(all.begin(), all.end(), [](const Happening& each) { return each.hotkey; });
  }

  Clones clones_;
  Router router_{clones_};
};

TEST_F(Lossy, keys_that_were_never_down_together_are_no_chord) {
  clones_.state_of(0).down.set(KEY_LEFTCTRL);
  lose("KP1 down | KP1 up | LEFTCTRL down");
  EXPECT_FALSE(any_fired());
  EXPECT_EQ(router_.keys_down(0), clones_.state_of(0).down);
}

TEST_F(Lossy, a_key_that_was_let_go_of_before_the_device_was_asked_does_not_stick) {
  lose("A down");
  EXPECT_TRUE(clones_.held().empty());
  read("A down");
  EXPECT_FALSE(clones_.held().empty()) << "what is read later is news";
}

TEST_F(Lossy, movement_behind_it_arrives) {
  lose("REL_X 5");
  const auto all = clones_.take();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(text_of(all.front().events), "REL_X 5");
}

// Each press is withheld, and typed with a frame of its own by the release.
TEST(RoutingProperty, any_number_of_withheld_keys_in_one_read_fits) {
  Clones clones;
  Router router(clones);
  Hotkey held;
  held.keys = {KEY_ESC};
  held.hold = std::chrono::seconds(1);
  HotkeyMatcher matcher({held});
  router.exchange_hotkeys(matcher);
  router.add_source(0, {});
  router.set_forwarding(0, true);
  Events events;
  while (events.size() + 2 < Router::kMostEvents) {
    events.insert(events.end(), {{0, 0, EV_KEY, KEY_ESC, 1}, {0, 0, EV_KEY, KEY_ESC, 0}});
  }
  events.push_back({});
  router.feed(0, events);
  EXPECT_THAT(clones.wrong(), ::testing::IsEmpty());
  EXPECT_TRUE(clones.held().empty());
}

}  // namespace
}  // namespace hotseat::routing
