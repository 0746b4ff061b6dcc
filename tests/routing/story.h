// Everything that can happen to a router, as a list of steps drawn by lot.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/routing/clones.h"

namespace hotseat::routing {

struct Step {
  enum class Kind {
    stroke,   // a key goes down, or up again
    repeat,   // of all keys that are down
    move,     // a mouse
    tilt,     // a stick
    touch,    // a finger is put down, or taken up
    lose,     // events of it are lost, and what is down is something else
    replug,   // unplugged, or plugged in again
    take_up,  // forwarded or not: as its thread does, only when no key of it is down
    route,
    exchange,  // the hotkeys
    wait,
  };
  Kind kind = Kind::wait;
  SourceSlot device = 0;
  unsigned what = 0;      // a key, a target, a value: what the kind makes of it
  bool together = false;  // read in one go with what the device says next
};

std::ostream& operator<<(std::ostream& stream, const Step& step);

// A router that lives through it, and what must be true of it at any time.
class Life {
 public:
  static constexpr SourceSlot kDevices = 4;
  static constexpr TargetSlot kTargets = 3;

  Life();

  void live(const Step& step);
  // Every key and finger is taken up; then nothing may be held anywhere.
  void end();
  // Everything that is not as it must be.
  std::vector<std::string> wrong() const;

 private:
  struct Device {
    bool is_plugged = true;
    bool is_forwarded = true;
    int slot = 0;  // as it has said last
    std::set<int> fingers;
    Events queue;  // said, and not read yet
  };

  void say(SourceSlot slot, Events frame, bool together);
  void read(SourceSlot slot);
  void stroke(const Step& step);
  void repeat(const Step& step);
  void move(const Step& step);
  void tilt(const Step& step);
  void touch(int finger, bool together);
  void lose(const Step& step);
  void replug(const Step& step);
  void take_up(SourceSlot slot, bool forwards);
  void exchange(unsigned number);
  std::set<KeyCode> keys_held();
  // The hotkey that this press, the only thing that is read, makes complete.
  std::optional<std::size_t> completed_by(KeyCode code);
  void look(std::optional<InputEvent> pressed, std::optional<std::size_t> completed);
  void check_order(const Happening& write);
  void check_axes();
  void complain(const std::string& what) { wrong_.push_back(what); }
  Router::DeviceState& state(SourceSlot slot) { return clones_.state_of(slot); }
  bool anything_queued() const;

  Clones clones_;
  Router router_{clones_};
  std::vector<Device> devices_{kDevices};
  std::vector<Hotkey> hotkeys_;
  Router::Instant now_{std::chrono::seconds(1)};
  std::int32_t moves_ = 0;
  std::map<SourceSlot, std::vector<std::int32_t>> moved_;      // said by devices that are forwarded
  std::map<SourceSlot, std::vector<std::int32_t>> delivered_;  // what became of it
  std::map<SourceSlot, std::int64_t> last_;                    // when what it got last was said
  std::vector<std::string> wrong_;
};

}  // namespace hotseat::routing
