// Samples of what is imported, and questions about what has come of them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "config/config.h"
#include "domain/policy.h"
#include "domain/seat.h"
#include "importers/imported.h"

namespace hotseat::importers {

inline File sample(const std::string& name) {
  std::ifstream file(std::string(HOTSEAT_IMPORT_SAMPLES) + "/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {name, {std::istreambuf_iterator<char>(file), {}}};
}

// The seat that the configuration's own parser makes of it.
inline Seat seat_of(const Expected<Imported>& imported) {
  EXPECT_TRUE(imported) << to_string(imported.error());
  if (!imported) return {};
  const auto seat = config::parse(imported->toml, "hotseat.toml");
  EXPECT_TRUE(seat) << to_string(seat.error()) << "\n" << imported->toml;
  return seat.value_or(Seat{});
}

// "release", "switch:host": what somebody may, of all there is.
inline std::vector<std::string> rights_of(const Seat& seat, const Requester& who) {
  std::vector<std::pair<std::string, Wish>> wishes{{"next", {Verb::next, {}}},
                                                   {"release", {Verb::release, {}}},
                                                   {"status", {Verb::status, {}}},
                                                   {"reload", {Verb::reload, {}}},
                                                   {"switch:host", {Verb::switch_to, kHost}}};
  for (const GuestSpec& guest : seat.guests) {
    wishes.push_back({"switch:" + guest.name.str(), {Verb::switch_to, guest.name}});
  }
  std::vector<std::string> granted;
  for (const auto& [name, wish] : wishes) {
    if (decide(seat.policy, who, wish).allowed) granted.push_back(name);
  }
  return granted;
}

// "LINE KEY" of everything that was not carried, in its order.
inline std::vector<std::string> left_out(const Expected<Imported>& imported) {
  std::vector<std::string> all;
  if (!imported) return all;
  for (const NotCarried& left : imported->not_carried) {
    all.push_back(std::to_string(left.at.line) + " " + left.at.key);
    EXPECT_NE(left.reason, "") << left.at.key;
    EXPECT_NE(left.hint, "") << left.at.key;
    EXPECT_NE(left.at.file, "") << left.at.key;
  }
  return all;
}

inline bool is_left_out(const Expected<Imported>& imported, const std::string& key) {
  return imported && std::any_of(imported->not_carried.begin(), imported->not_carried.end(),
                                 [&](const NotCarried& left) { return left.at.key == key; });
}

// "keyboard 28da:1101 usb", "gamepad pad-event evdev optional"
inline std::vector<std::string> devices_of(const Seat& seat) {
  std::vector<std::string> all;
  for (const DeviceSpec& device : seat.devices) {
    all.push_back(
        device.name.str() + " " +
        (device.match.id ? to_string(*device.match.id) : device.match.by_id.value_or("")) +
        (device.transport == Transport::evdev ? " evdev" : " usb") +
        (device.optional ? " optional" : ""));
  }
  return all;
}

// The names of a chord's keys are lost in a Seat: by their codes.
inline Chord chord(const std::vector<std::string>& names) {
  Chord keys;
  for (const std::string& name : names) keys.push_back(config::key_code(name).value_or(0));
  std::sort(keys.begin(), keys.end());
  return keys;
}

inline Chord hotkey_of(const Seat& seat, HotkeyAction action, const std::string& target = "") {
  for (const Hotkey& hotkey : seat.hotkeys) {
    if (hotkey.action == action && hotkey.target.str() == target) return hotkey.keys;
  }
  return {};
}

}  // namespace hotseat::importers
