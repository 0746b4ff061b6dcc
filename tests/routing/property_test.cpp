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
