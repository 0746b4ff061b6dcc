#include "tests/routing/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>

#include "tests/routing/clones.h"
#include "tests/routing/words.h"

namespace hotseat::routing {

namespace {

using Instant = Router::Instant;

// Axes of a gamepad, and the one axis of it that stays where it is put.
constexpr std::uint16_t kAbsX = 0;
constexpr std::uint16_t kAbsY = 1;
constexpr std::uint16_t kAbsThrottle = 6;
constexpr std::uint16_t kLid = 0;

class Interpreter {
 public:
  void run(const Words& line) {
    const auto expectation = std::find(line.begin(), line.end(), "expect");
    if (expectation != line.begin()) act(Words(line.begin(), expectation));
    if (expectation != line.end()) expect(Words(expectation + 1, line.end()));
  }

  void finish() {
    expect_nothing_else();
    EXPECT_THAT(clones_.wrong(), ::testing::IsEmpty());
  }

 private:
  using Action = std::function<void(const Words&)>;

  void act(const Words& words) {
    expect_nothing_else();
    const auto found = actions_.find(words.at(0));
    if (found == actions_.end()) throw std::invalid_argument("no such step: " + words.at(0));
    found->second(words);
    for (const Happening& happening : clones_.take()) pending_.push_back(told(happening));
  }

  void expect(const Words& words) {
    if (joined(words) == "nothing") return expect_nothing_else();
    ASSERT_FALSE(pending_.empty()) << "nothing happened";
    EXPECT_EQ(pending_.front(), joined(words));
    pending_.erase(pending_.begin());
  }

  void expect_nothing_else() {
    EXPECT_THAT(pending_, ::testing::IsEmpty()) << "this happened too";
    pending_.clear();
  }

  std::string told(const Happening& happening) const {
    if (happening.hotkey) {
      return (happening.second ? "second " : "hotkey ") + hotkeys_.at(*happening.hotkey).from;
    }
    return targets_.at(happening.target) + " " + names_.at(happening.source) + " " +
           text_of(happening.events);
  }

  // ---- devices ---------------------------------------------------------------------------------

  SourceSlot slot_of(const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) throw std::invalid_argument("no such device: " + name);
    return static_cast<SourceSlot>(found - names_.begin());
  }

  void have(const Words& words) {
    for (std::size_t index = 1; index < words.size(); ++index) {
      names_.push_back(words[index]);
      const SourceSlot slot = slot_of(words[index]);
      give_axes(words[0], clones_.state_of(slot));
      router_.add_source(slot, clones_.state_of(slot));
      if (words[0] != "watched") router_.set_forwarding(slot, true);
    }
  }

  static void give_axes(const std::string& kind, Router::DeviceState& state) {
    if (kind == "stick") {
      for (const std::uint16_t code : {kAbsX, kAbsY, kAbsThrottle}) state.has_axis.set(code);
      state.springs_back.set(kAbsX).set(kAbsY);
    }
    if (kind == "lid") state.has_switch.set(kLid);
    if (kind == "touchpad") state.has_axis.set(codes::kAbsMtSlot).set(kAbsX).set(kAbsY);
  }

  // The events as of now; what they say is true of the device from then on.
  void feed(const std::string& name, Events events) {
    const SourceSlot slot = slot_of(name);
    for (InputEvent& event : events) {
      event = at(event);
      note(clones_.state_of(slot), event);
    }
    router_.feed(slot, events);
  }

  InputEvent at(InputEvent event) const {
    const auto time =
        std::chrono::microseconds(now_.time_since_epoch() / std::chrono::microseconds(1));
    event.seconds = time.count() / 1'000'000;
    event.microseconds = time.count() % 1'000'000;
    return event;
  }

  static void note(Router::DeviceState& state, const InputEvent& event) {
    if (event.type == codes::kKey) state.down[event.code] = event.value != codes::kReleased;
    if (event.type == codes::kAbs) state.axis[event.code] = event.value;
    if (event.type == codes::kSw) state.switched_on[event.code] = event.value != 0;
  }

  void stroke(const Words& words, const std::string& value) {
    for (std::size_t index = 2; index < words.size(); ++index) {
      feed(words[1], frames_in(Words{words[index], value}));
    }
  }

  // lost DEVICE [holding KEY...] [axes ABS_X 3 ...]
  void lose(const Words& words) {
    const SourceSlot slot = slot_of(words.at(1));
    hold(words, clones_.state_of(slot));
    Events events = frames_in(Words{"SYN_DROPPED", "0"});
    for (InputEvent& event : events) event = at(event);
    router_.feed(slot, events);
  }

  static void hold(const Words& words, Router::DeviceState& state) {
    state.down.reset();
    const auto keys = std::find(words.begin(), words.end(), "holding");
    const auto axes = std::find(words.begin(), words.end(), "axes");
    if (keys != words.end()) {
      const auto end = keys < axes ? axes : words.end();
      for (auto key = keys + 1; key != end; ++key) state.down.set(key_in(*key));
    }
    if (axes == words.end()) return;
    for (const InputEvent& event : frames_in(Words(axes + 1, words.end()))) note(state, event);
  }

  void plug(const Words& words) {
    const SourceSlot slot = slot_of(words.at(1));
    hold(words, clones_.state_of(slot));
    router_.add_source(slot, clones_.state_of(slot));
    router_.set_forwarding(slot, true);
  }

  // ---- everything else --------------------------------------------------------------------------

  void set_hotkey(const Words& words) {
    Hotkey hotkey;
    hotkey.from = words.at(1);
    hotkey.action = hotkey.from == "release" ? HotkeyAction::release
                    : hotkey.from == "cycle" ? HotkeyAction::cycle
                                             : HotkeyAction::switch_to;
    hotkey.keys = chord_in(words.at(2));
    for (std::size_t index = 3; index + 1 < words.size(); index += 2) {
      if (words[index] == "taps") hotkey.taps = std::stoi(words[index + 1]);
      if (words[index] == "hold") hotkey.hold = duration_in(words[index + 1]);
      if (words[index] == "within") hotkey.within = duration_in(words[index + 1]);
    }
    hotkeys_.push_back(std::move(hotkey));
    exchange();
  }

  void exchange() {
    HotkeyMatcher matcher(hotkeys_);
    router_.exchange_hotkeys(matcher);
  }

  TargetSlot target_in(const std::string& name) const {
    const auto found = std::find(targets_.begin(), targets_.end(), name);
    if (found == targets_.end()) throw std::invalid_argument("no such target: " + name);
    return static_cast<TargetSlot>(found - targets_.begin());
  }

  // shortcut HOTKEY TARGET
  void set_shortcut(const Words& words) {
    const auto hotkey =
        std::find_if(hotkeys_.begin(), hotkeys_.end(),
                     [&](const Hotkey& candidate) { return candidate.from == words.at(1); });
    if (hotkey == hotkeys_.end()) throw std::invalid_argument("no such hotkey: " + words[1]);
    Router::Shortcuts shortcuts;
    shortcuts.at(static_cast<std::size_t>(hotkey - hotkeys_.begin())) = target_in(words.at(2));
    router_.set_shortcuts(shortcuts);
  }

  Clones clones_;
  Router router_{clones_};
  Instant now_{};
  std::vector<std::string> names_;  // by slot
  const std::vector<std::string> targets_{"host", "win11", "zorg"};
  std::vector<Hotkey> hotkeys_;
  std::vector<std::string> pending_;  // what happened and has not been expected yet
  const std::map<std::string, Action> actions_{
      {"keyboards", [this](const Words& words) { have(words); }},
      {"mouse", [this](const Words& words) { have(words); }},
      {"stick", [this](const Words& words) { have(words); }},
      {"touchpad", [this](const Words& words) { have(words); }},
      {"lid", [this](const Words& words) { have(words); }},
      {"watched", [this](const Words& words) { have(words); }},
      {"hotkey", [this](const Words& words) { set_hotkey(words); }},
      {"no-hotkeys",
       [this](const Words&) {
         hotkeys_.clear();
         exchange();
       }},
      {"shortcut", [this](const Words& words) { set_shortcut(words); }},
      {"press", [this](const Words& words) { stroke(words, "down"); }},
      {"release", [this](const Words& words) { stroke(words, "up"); }},
      {"tap",
       [this](const Words& words) {
         stroke(words, "down");
         stroke(words, "up");
       }},
      {"move",  // move m 3 -1
       [this](const Words& words) {
         feed(words.at(1), frames_in(Words{"REL_X", words.at(2), "REL_Y", words.at(3)}));
       }},
      {"frames",
       [this](const Words& words) { feed(words.at(1), frames_in(std::span(words).subspan(2))); }},
      {"lost", [this](const Words& words) { lose(words); }},
      {"unplug", [this](const Words& words) { router_.remove_source(slot_of(words.at(1))); }},
      {"plug", [this](const Words& words) { plug(words); }},
      {"let-go",
       [this](const Words& words) { router_.set_forwarding(slot_of(words.at(1)), false); }},
      {"take-up",
       [this](const Words& words) { router_.set_forwarding(slot_of(words.at(1)), true); }},
      {"route", [this](const Words& words) { router_.route(target_in(words.at(1))); }},
      {"at",
       [this](const Words& words) {
         now_ = Instant{} + duration_in(words.at(1));
         router_.tick(now_);
       }},
      {"late-at",  // time has passed, and nobody has noticed yet
       [this](const Words& words) { now_ = Instant{} + duration_in(words.at(1)); }},
  };
};

}  // namespace

void run_script(const std::string& path) {
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  Interpreter interpreter;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const Words words = words_of(line);
    if (words.empty()) continue;
    SCOPED_TRACE(path + ":" + std::to_string(number) + ": " + line);
    try {
      interpreter.run(words);
    } catch (const std::exception& error) {
      FAIL() << error.what();
    }
  }
  interpreter.finish();
}

}  // namespace hotseat::routing
