#include "tests/routing/words.h"

#include <libevdev/libevdev.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace hotseat::routing {

namespace {

constexpr InputEvent kReport{};
const Words kStrokes{"up", "down", "repeat"};  // by a key event's value

// The part in front of the first '_' is the type, but for buttons.
unsigned type_of(const std::string& name) {
  const int type = libevdev_event_type_from_name(("EV_" + name.substr(0, name.find('_'))).c_str());
  return type < 0 ? EV_KEY : static_cast<unsigned>(type);
}

std::uint16_t code_of(unsigned type, const std::string& name) {
  const int code = libevdev_event_code_from_name(type, name.c_str());
  if (code < 0) throw std::invalid_argument("no such event code: " + name);
  return static_cast<std::uint16_t>(code);
}

std::int32_t value_of(unsigned type, const std::string& code, const std::string& text) {
  if (type == codes::kKey) {
    const auto stroke = std::find(kStrokes.begin(), kStrokes.end(), text);
    if (stroke == kStrokes.end()) throw std::invalid_argument("not up, down or repeat: " + text);
    return static_cast<std::int32_t>(stroke - kStrokes.begin());
  }
  return static_cast<std::int32_t>(std::stol(text, nullptr, code == "MSC_SCAN" ? 16 : 10));
}

InputEvent event_of(const std::string& name, const std::string& value) {
  const unsigned type = type_of(name);
  if (type == codes::kKey) {
    return {0, 0, codes::kKey, key_in(name), value_of(type, name, value)};
  }
  return {0, 0, static_cast<std::uint16_t>(type), code_of(type, name), value_of(type, name, value)};
}

}  // namespace

Words words_of(const std::string& line) {
  std::istringstream stream(line);
  Words words;
  for (std::string word; stream >> word && word[0] != '#';) words.push_back(word);
  return words;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string text_of(const InputEvent& event) {
  const char* name = libevdev_event_code_get_name(event.type, event.code);
  std::string text = name == nullptr ? std::to_string(event.type) + "/" + std::to_string(event.code)
                                     : std::string(name);
  if (event.type == codes::kKey) {
    if (text.starts_with("KEY_")) text.erase(0, 4);
    const auto stroke = static_cast<std::size_t>(event.value);
    return text + " " + (stroke < kStrokes.size() ? kStrokes[stroke] : "?");
  }
  std::ostringstream value;
  if (event.type == codes::kMsc && event.code == codes::kMscScan) value << std::hex;
  value << event.value;
  return text + " " + value.str();
}

std::string text_of(std::span<const InputEvent> events) {
  std::string text;
  bool is_open = false;
  for (const InputEvent& event : events) {
    if (event.type == codes::kSyn && event.code == codes::kSynReport) {
      if (!is_open) text += text.empty() ? "nothing" : " | nothing";
      is_open = false;
      continue;
    }
    if (!text.empty()) text += is_open ? " " : " | ";
    text += text_of(event);
    is_open = true;
  }
  return is_open ? text + " ..." : text;
}

Events frames_in(std::span<const std::string> words) {
  Events events;
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (words[index] == "|") {
      events.push_back(kReport);
      continue;
    }
    if (index + 1 == words.size()) throw std::invalid_argument(words[index] + " without a value");
    events.push_back(event_of(words[index], words[index + 1]));
    ++index;
  }
  events.push_back(kReport);
  return events;
}

KeyCode key_in(const std::string& name) {
  return code_of(EV_KEY, name.starts_with("BTN_") ? name : "KEY_" + name);
}

Chord chord_in(const std::string& text) {
  std::istringstream stream(text);
  Chord chord;
  for (std::string name; std::getline(stream, name, '+');) chord.push_back(key_in(name));
  std::sort(chord.begin(), chord.end());
  return chord;
}

std::chrono::milliseconds duration_in(const std::string& text) {
  std::size_t used = 0;
  const long count = std::stol(text, &used);
  const std::string unit = text.substr(used);
  if (unit == "ms") return std::chrono::milliseconds(count);
  if (unit == "s") return std::chrono::seconds(count);
  throw std::invalid_argument("not a duration: " + text);
}

}  // namespace hotseat::routing
