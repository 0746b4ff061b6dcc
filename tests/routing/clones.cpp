#include "tests/routing/clones.h"

namespace hotseat::routing {

namespace {

bool is_report(const InputEvent& event) {
  return event.type == codes::kSyn && event.code == codes::kSynReport;
}

}  // namespace

std::map<Clones::Place, std::set<KeyCode>> Clones::held() const {
  std::map<Place, std::set<KeyCode>> held;
  for (const auto& [place, clone] : clones_) {
    if (!clone.held.empty()) held[place] = clone.held;
  }
  return held;
}

std::map<Clones::Place, std::set<int>> Clones::touched() const {
  std::map<Place, std::set<int>> touched;
  for (const auto& [place, clone] : clones_) {
    if (!clone.touched.empty()) touched[place] = clone.touched;
  }
  return touched;
}

std::int32_t Clones::axis(const Place& place, std::uint16_t code) const {
  const auto clone = clones_.find(place);
  if (clone == clones_.end()) return 0;
  const auto axis = clone->second.axes.find(code);
  return axis == clone->second.axes.end() ? 0 : axis->second;
}

void Clones::write(SourceSlot source, TargetSlot target, std::span<const InputEvent> events) {
  judge({target, source}, events);
  Happening write;
  write.source = source;
  write.target = target;
  write.events.assign(events.begin(), events.end());
  happenings_.push_back(std::move(write));
}

void Clones::ask_state(SourceSlot source, Router::DeviceState& state) {
  state = states_[source];
}

void Clones::fired(std::size_t hotkey, bool second) {
  Happening off;
  off.hotkey = hotkey;
  off.second = second;
  happenings_.push_back(std::move(off));
}

void Clones::judge(const Place& place, std::span<const InputEvent> events) {
  if (events.empty()) return complain(place, "is written nothing at all");
  if (!is_report(events.back())) complain(place, "gets half a frame: " + text_of(events));
  bool is_empty = true;
  for (const InputEvent& event : events) {
    if (is_report(event)) {
      if (is_empty) complain(place, "gets an empty frame: " + text_of(events));
      is_empty = true;
      continue;
    }
    is_empty = false;
    if (event.type == codes::kKey) judge_key(place, event);
    if (event.type == codes::kAbs) note_axis(clones_[place], event);
  }
}

void Clones::judge_key(const Place& place, const InputEvent& event) {
  std::set<KeyCode>& held = clones_[place].held;
  const bool fits = event.value == codes::kPressed    ? held.insert(event.code).second
                    : event.value == codes::kReleased ? held.erase(event.code) > 0
                                                      : false;
  if (!fits) complain(place, "cannot make sense of " + text_of(event));
}

void Clones::note_axis(Clone& clone, const InputEvent& event) {
  if (event.code == codes::kAbsMtSlot) clone.slot = event.value;
  if (event.code == codes::kAbsMtTrackingId) {
    if (event.value < 0) {
      clone.touched.erase(clone.slot);
    } else {
      clone.touched.insert(clone.slot);
    }
  }
  clone.axes[event.code] = event.value;
}

void Clones::complain(const Place& place, const std::string& what) {
  wrong_.push_back("the clone of source " + std::to_string(place.second) + " at target " +
                   std::to_string(place.first) + " " + what);
}

}  // namespace hotseat::routing
