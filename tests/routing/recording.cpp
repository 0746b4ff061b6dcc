#include "tests/routing/recording.h"

#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hotseat::routing {

namespace {

// "E: 0.012000 0001 001e 1": seconds, then type and code in hex.
InputEvent event_in(std::istringstream& line) {
  double seconds = 0;
  unsigned type = 0;
  unsigned code = 0;
  InputEvent event;
  line >> seconds >> std::hex >> type >> code >> std::dec >> event.value;
  if (!line) throw std::runtime_error("not an event");
  const auto time = static_cast<std::int64_t>(std::llround(seconds * 1e6));
  event.seconds = time / 1'000'000;
  event.microseconds = time % 1'000'000;
  event.type = static_cast<std::uint16_t>(type);
  event.code = static_cast<std::uint16_t>(code);
  return event;
}

// "A: 2f 0 9 0 0 0": the axis in hex, then its bounds and so on.
void add_axis(std::istringstream& line, Router::DeviceState& state) {
  unsigned axis = 0;
  line >> std::hex >> axis;
  if (axis <= codes::kAbsMtSlot) state.has_axis.set(axis);
}

}  // namespace

Recording read_recording(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  Recording recording;
  Events frame;
  for (std::string text; std::getline(file, text);) {
    std::istringstream line(text);
    std::string what;
    line >> what;
    if (what == "N:") recording.name = text.substr(3);
    if (what == "A:") add_axis(line, recording.state);
    if (what != "E:") continue;
    frame.push_back(event_in(line));
    if (frame.back().type != codes::kSyn || frame.back().code != codes::kSynReport) continue;
    recording.frames.push_back(std::exchange(frame, {}));
  }
  if (!frame.empty()) throw std::runtime_error(path + " ends in the middle of a frame");
  return recording;
}

}  // namespace hotseat::routing
