// What the router's clones get, and whether it is fit to be given to anybody.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/router.h"
#include "tests/routing/words.h"

namespace hotseat::routing {

// One thing the router did, in the order in which it did it.
struct Happening {
  std::optional<std::size_t> hotkey;  // it went off; else this was written:
  bool second = false;
  SourceSlot source = 0;
  TargetSlot target = 0;
  Events events;
};

class Clones : public Router::Output {
 public:
  // The truth of a device, for when it is asked.
  Router::DeviceState& state_of(SourceSlot source) { return states_[source]; }

  // What has happened since this was last asked.
  std::vector<Happening> take() { return std::exchange(happenings_, {}); }
  // Complaints, of everything that has ever been written.
  const std::vector<std::string>& wrong() const { return wrong_; }

  using Place = std::pair<TargetSlot, SourceSlot>;
  // Keys and contacts that are down on clones; empty sets are left out.
  std::map<Place, std::set<KeyCode>> held() const;
  std::map<Place, std::set<int>> touched() const;
  std::int32_t axis(const Place& place, std::uint16_t code) const;

  // Router::Output
  void write(SourceSlot source, TargetSlot target, std::span<const InputEvent> events) override;
  void ask_state(SourceSlot source, Router::DeviceState& state) override;
  void fired(std::size_t hotkey, bool second) override;

 private:
  // What the kernel keeps of an input device.
  struct Clone {
    std::set<KeyCode> held;
    std::set<int> touched;
    int slot = 0;
    std::map<std::uint16_t, std::int32_t> axes;
  };

  void judge(const Place& place, std::span<const InputEvent> events);
  void judge_key(const Place& place, const InputEvent& event);
  void note_axis(Clone& clone, const InputEvent& event);
  void complain(const Place& place, const std::string& what);

  std::map<SourceSlot, Router::DeviceState> states_;
  std::map<Place, Clone> clones_;
  std::vector<Happening> happenings_;
  std::vector<std::string> wrong_;
};

}  // namespace hotseat::routing
