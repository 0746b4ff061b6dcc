// Input events as a person writes them: "A down", "REL_X 3", "MSC_SCAN 70004"; a frame is a list of
// them, and " | " stands between two frames.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "domain/hotkey.h"
#include "domain/input_event.h"

namespace hotseat::routing {

using Words = std::vector<std::string>;
using Events = std::vector<InputEvent>;

// Up to a '#'.
Words words_of(const std::string& line);
std::string joined(const Words& words);

std::string text_of(const InputEvent& event);
// What does not end with SYN_REPORT ends with "...".
std::string text_of(std::span<const InputEvent> events);
// The frames in words, each with its SYN_REPORT. Throws std::invalid_argument.
Events frames_in(std::span<const std::string> words);

KeyCode key_in(const std::string& name);                         // "LEFTCTRL", "BTN_LEFT"
Chord chord_in(const std::string& text);                         // "LEFTCTRL+LEFTALT+ESC"
std::chrono::milliseconds duration_in(const std::string& text);  // "400ms", "3s"

}  // namespace hotseat::routing
