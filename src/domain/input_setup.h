// What the input router is to do: which nodes it takes, under which names the targets see them, and
// what chords mean. Worked out from world and seat by a pure function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/name.h"
#include "domain/hotkey.h"
#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat {

// One evdev node of one device. Its clones are called PREFIX-ID, so the id stays the same over
// replugs and restarts.
struct InputSource {
  std::string id;  // "mouse"; "mouse-1" for a node of the mouse's USB interface 1
  DeviceName device;
  std::string node;  // "/dev/input/event5"
  std::vector<std::string> by_id;
  bool operator==(const InputSource&) const = default;
};

// A node that is listened to and left to whoever has it.
struct WatchedNode {
  DeviceName device;
  std::string node;  // "/dev/input/event5"
  bool operator==(const WatchedNode&) const = default;
};

struct InputTarget {
  TargetName name;
  std::string prefix;  // of its clones' names: "host", or the domain
  // A QEMU that has to be asked for its grab (input-linux): by these keys on this source's clone.
  struct GrabChord {
    std::string source;  // an InputSource::id
    Chord keys;
    bool moves_all = false;  // those too that do not move all themselves
    bool operator==(const GrabChord&) const = default;
  };
  std::vector<GrabChord> grabs;
  // Its guest does not run, so that nobody misses a clone of it that is made anew.
  bool is_off = false;
  bool operator==(const InputTarget&) const = default;
};

struct InputSetup {
  std::vector<InputSource> sources;  // those that are plugged in
  // Of devices that move as USB devices, while the host has them: not taken, and without clones.
  // Hotkeys are looked for in what they say, and nobody is kept from reading it too.
  std::vector<WatchedNode> watched;
  std::vector<InputTarget> targets;  // the host first
  std::vector<Hotkey> hotkeys;
  // Clones of targets that are none of these may be a guest's that runs all the same.
  bool keeps_strangers = false;
  bool operator==(const InputSetup&) const = default;
};

struct InputPlan {
  InputSetup setup;
  std::vector<std::string> problems;  // what cannot be had, for a person
};

// Does any device of the seat go through the router?
bool routes_input(const Seat& seat);

// The nodes that a device of the seat (transport evdev) is made of just now, in a stable order.
// Clones are not among them.
std::vector<const InputNode*> resolve_inputs(const World& world, const DeviceSpec& spec);

// Were they plugged in as one? If not, the match means several devices.
bool are_one_piece(const std::vector<const InputNode*>& nodes);

InputPlan input_setup(const World& world, const Seat& seat);
// Its sources alone.
std::vector<InputSource> input_sources(const World& world, const Seat& seat);

// The names under /dev/input/by-id that the target's clone of this source has, the main one first.
std::vector<std::string> clone_names(const InputTarget& target, const InputSource& source);

// Is this the name of a clone of one of these targets?
bool is_clone_of_any(const std::vector<InputTarget>& targets, const std::string& clone);

// Devices that have to move and no clone of which is among the domain's inputs: what they say
// would be lost.
std::vector<DeviceName> inputs_missing(const World& world, const Seat& seat,
                                       const GuestSpec& guest);

}  // namespace hotseat
