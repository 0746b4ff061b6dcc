// Sends frames through the router's thread, one at a time, for callgrind to count what that takes:
//   hotseat-bench-instructions                what kinds of frames there are
//   hotseat-bench-instructions KIND ROUNDS    that many times
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/evdev/router_thread.h"
#include "tests/routing/wires.h"

namespace {

using namespace hotseat;
using adapters::evdev::Notice;
using adapters::evdev::Order;
using adapters::evdev::Privileges;
using adapters::evdev::RouterThread;
using routing::Events;

struct Case {
  const char* name;
  SourceSlot devices;
  TargetSlot targets;
  int hotkeys;
  std::vector<const char*> frames;  // each is written, and waited for
};

const Case kCases[] = {
    {"mouse", 1, 2, 0, {"REL_X 3 REL_Y -1"}},
    {"mouse, 16 guests, 32 devices", 32, 17, 0, {"REL_X 3 REL_Y -1"}},
    {"key", 1, 2, 1, {"MSC_SCAN 70004 A down", "MSC_SCAN 70004 A up"}},
    {"key, 20 hotkeys", 1, 2, 20, {"MSC_SCAN 70004 A down", "MSC_SCAN 70004 A up"}},
    {"modifier, 20 hotkeys",
     1,
     2,
     20,
     {"MSC_SCAN 700e0 LEFTCTRL down", "MSC_SCAN 700e0 LEFTCTRL up"}},
    {"absolute", 1, 2, 0, {"ABS_X 3 ABS_Y 1"}},
};

// All with Ctrl: LEFTCTRL+LEFTALT+F1 and so on.
HotkeyMatcher matcher_with(int hotkeys) {
  std::vector<Hotkey> all;
  for (int i = 0; i < hotkeys; ++i) {
    const std::string last = "F" + std::to_string(1 + i % 10);
    const std::string other = i < 10 ? "LEFTALT+" : "LEFTSHIFT+";
    all.push_back(routing::hotkey_of(HotkeyAction::cycle, "LEFTCTRL+" + other + last));
  }
  return HotkeyMatcher(all);
}

class Station {
 public:
  explicit Station(const Case& what)
      : devices_(what.devices), matcher_(matcher_with(what.hotkeys)) {
    for (SourceSlot slot = 0; slot < what.devices; ++slot) {
      thread_.order({Order::Kind::add_source, slot, 0, -1, &devices_[slot]});
      for (TargetSlot target = 0; target < what.targets; ++target) {
        thread_.order({Order::Kind::set_clone, slot, target, clone_.fd()});
      }
      thread_.order({Order::Kind::grab, slot});
    }
    thread_.order({Order::Kind::set_hotkeys, 0, 0, -1, nullptr, &matcher_});
    thread_.order({Order::Kind::route, 0, what.targets - 1});
    wait_until_done();
  }

  void send(const Events& frame) {
    devices_[0].say(frame);
    if (clone_.next() != frame) throw std::runtime_error("the frame has not arrived");
  }

 private:
  void wait_until_done() {
    Order ping;
    ping.number = 1;
    thread_.order(ping);
    for (;;) {
      const auto notice = thread_.next_notice();
      if (notice && notice->kind == Notice::Kind::done) return;
    }
  }

  std::vector<routing::PipeDevice> devices_;
  routing::SocketClone clone_;
  HotkeyMatcher matcher_;
  RouterThread thread_{Privileges::none};
};

void send(const Case& what, int rounds) {
  Station station(what);
  std::vector<Events> frames;
  for (const char* text : what.frames) {
    frames.push_back(routing::frames_in(routing::words_of(text)));
  }
  for (int round = 0; round < rounds; ++round) {
    station.send(frames[static_cast<std::size_t>(round) % frames.size()]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (const Case& what : kCases) {
    if (argc < 3) {
      std::puts(what.name);
    } else if (std::string(argv[1]) == what.name) {
      send(what, std::stoi(argv[2]));
    }
  }
}
